import type { Hex } from 'viem';
import { MissingBlockError, RefutedError } from '../indexer.errors.js';
import type { EvidenceReader } from '../rpc/chain-reader.js';
import type { EndpointPool } from '../rpc/endpoint-pool.js';
import type { BlockRange } from '../store/fact-batch.js';
import type { BlockVerifier } from '../verify/block-verifier.js';
import { fetchRange, type RangeRequest } from './fetch-range.js';
import { RangeSize } from './range-size.js';

/** Headers of a range are held in memory where each of them is checked. */
const LARGEST_CHECKED = 2_000;

/** Ranges of blocks, each from one endpoint and held to its own hashes; from another one when they do not hold. */
export class RangeSource {
  public readonly size: RangeSize;

  /** @param verifier left out, endpoints are believed */
  public constructor(
    private readonly pool: EndpointPool,
    private readonly addresses: readonly Hex[],
    private readonly verifier?: BlockVerifier,
  ) {
    this.size = new RangeSize(verifier?.wantsEveryHeader ? LARGEST_CHECKED : undefined);
  }

  /** @throws RefutedError when no endpoint is left that has not been caught; RetryError otherwise */
  public fetch(request: RangeRequest): Promise<BlockRange> {
    return this.pool.use((reader) => this.fetchFrom(reader, request), true);
  }

  private async fetchFrom(reader: EvidenceReader, request: RangeRequest): Promise<BlockRange> {
    const { verifier } = this;
    const check = verifier && {
      wantsEveryHeader: verifier.wantsEveryHeader,
      verify: (...range: [BlockRange['headers'], BlockRange['logs']]) => verifier.verify(reader, ...range),
    };
    try {
      return await fetchRange(reader, this.addresses, request, this.size, check);
    } catch (error) {
      if (verifier && error instanceof MissingBlockError) await refuseWithholding(reader, error.blockNumber);
      throw error;
    }
  }
}

/** An endpoint that is past a block has it. */
async function refuseWithholding(reader: EvidenceReader, number: number): Promise<void> {
  const head = await reader.latest();
  if (head.number < number || (await reader.header(number))) return;
  throw new RefutedError(
    reader.name,
    number,
    `the block is withheld, though the head is block ${head.number}`,
  );
}

import type { Hex } from 'viem';
import type { EndpointPool } from '../rpc/endpoint-pool.js';
import type { BlockHeader } from '../rpc/raw-block.js';
import type { BlockRange } from '../store/fact-batch.js';
import type { BlockVerifier } from '../verify/block-verifier.js';

/**
 * The one block after the checkpoint, as it mostly is at the head: its logs are asked for by its hash. A node that does
 * not have this very block says so, where by number it would give an empty list: neither a late block nor one that is
 * replaced meanwhile can be taken for an empty one.
 */
export class NextBlock {
  public constructor(
    private readonly pool: Pick<EndpointPool, 'use'>,
    private readonly addresses: readonly Hex[],
    private readonly verifier?: BlockVerifier,
  ) {}

  public async fetch(header: BlockHeader): Promise<BlockRange> {
    const logs = await this.pool.use(async (reader) => {
      const found = await reader.logsOf(this.addresses, header);
      found.sort((left, right) => left.logIndex - right.logIndex);
      await this.verifier?.verify(reader, [header], found);
      return found;
    });
    return { first: header, last: header, headers: [header], logs };
  }
}

import type { Hex } from 'viem';
import type { EndpointPool } from '../rpc/endpoint-pool.js';
import type { EvidenceReader } from '../rpc/chain-reader.js';
import type { BlockHeader, HeadAndMore, RawLog, ToldHead } from '../rpc/raw-block.js';
import type { BlockRange } from '../store/fact-batch.js';
import type { BlockVerifier } from '../verify/block-verifier.js';

/** The chain's head, and the whole block where it came along. */
export interface HeadLook {
  readonly head: BlockHeader;
  readonly range?: BlockRange;
}

/**
 * The one block after the checkpoint, as it mostly is at the head: its logs are asked for by its hash. A node that does
 * not have this very block says so, where by number it would give an empty list: neither a late block nor one that is
 * replaced meanwhile can be taken for an empty one. A block that was told is asked for together with the head, in one
 * request, with its proof where every block is proven.
 */
export class NextBlock {
  /** @param told the head that was told last, if any */
  public constructor(
    private readonly pool: Pick<EndpointPool, 'use' | 'lookAtHead' | 'latest'>,
    private readonly addresses: readonly Hex[],
    private readonly told: () => ToldHead | undefined,
    private readonly verifier?: BlockVerifier,
  ) {}

  /** @param number the block after the checkpoint */
  public async look(number: number): Promise<HeadLook> {
    const told = this.told();
    if (told?.number !== number) return { head: await this.pool.latest() };
    return this.pool.lookAtHead<HeadLook>(async (reader) => {
      const proven = this.verifier?.provesForCertain(told.logsBloom) ?? false;
      const { head, logs, evidence } = await reader.latestWith(this.addresses, told, proven);
      if (!logs) return { head, found: { head } };
      const range = await this.checked(reader, head, logs, evidence);
      return { head, found: { head, range } };
    });
  }

  public fetch(header: BlockHeader): Promise<BlockRange> {
    return this.pool.use(async (reader) =>
      this.checked(reader, header, await reader.logsOf(this.addresses, header)),
    );
  }

  private async checked(
    reader: EvidenceReader,
    header: BlockHeader,
    logs: RawLog[],
    evidence?: HeadAndMore['evidence'],
  ): Promise<BlockRange> {
    logs.sort((left, right) => left.logIndex - right.logIndex);
    const given = evidence && ((): Promise<[typeof evidence]> => Promise.resolve([evidence]));
    await this.verifier?.verify(reader, [header], logs, given);
    return { first: header, last: header, headers: [header], logs };
  }
}

import { RetryError } from '../indexer.errors.js';
import type { ChainReader } from '../rpc/chain-reader.js';
import type { BlockHeader } from '../rpc/raw-block.js';
import type { FinalBlock } from '../store/checkpoint.js';

/** When a block is final: as the node's tag says, or so many blocks below the head. */
export type FinalityRule = 'finalized' | 'safe' | number;

/** Depth where a node knows no tag; more than two epochs of Ethereum. */
export const DEFAULT_DEPTH = 128;
/** Finality moves in minutes where there are tags. */
const LOOK_INTERVAL_MS = 5_000;

/** Knows the chain's last final block, asking for it now and then. */
export class Finality {
  private last: FinalBlock | undefined;
  private lookedMs = Number.NEGATIVE_INFINITY;
  private hasTags = true;

  public constructor(
    private readonly reader: Pick<ChainReader, 'header' | 'tagged'>,
    private readonly rule: FinalityRule,
    private readonly nowMs: () => number,
  ) {}

  /** The block known last. */
  public get known(): FinalBlock | undefined {
    return this.last;
  }

  /** @returns the block known last when it is not time to ask, or the node does not say */
  public async below(head: BlockHeader): Promise<FinalBlock | undefined> {
    if (this.nowMs() - this.lookedMs < LOOK_INTERVAL_MS) return this.last;
    this.lookedMs = this.nowMs();
    try {
      const found = await this.ask(head);
      if (found && found.number <= head.number) this.last = { number: found.number, hash: found.hash };
    } catch (error) {
      // Following goes on without: nothing depends on a final block that is a little older.
      if (!(error instanceof RetryError)) throw error;
    }
    return this.last;
  }

  /** After a roll-back what was known may be gone; it is asked for anew. */
  public forget(): void {
    this.last = undefined;
    this.lookedMs = Number.NEGATIVE_INFINITY;
  }

  private async ask(head: BlockHeader): Promise<BlockHeader | undefined> {
    if (typeof this.rule === 'string' && this.hasTags) {
      const tagged = await this.reader.tagged(this.rule);
      if (tagged) return tagged;
      this.hasTags = false;
    }
    const depth = typeof this.rule === 'number' ? this.rule : DEFAULT_DEPTH;
    return head.number < depth ? undefined : this.reader.header(head.number - depth);
  }
}

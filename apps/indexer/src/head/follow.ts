import type { Hex } from 'viem';
import type { RangeSource } from '../backfill/range-source.js';
import { rangesAhead } from '../backfill/ranges-ahead.js';
import { ReorganisedError } from '../indexer.errors.js';
import type { FactDecoder } from '../protocols/decode.js';
import { headIsBehind, rollBack, type ReorgContext } from '../reorg/reorg.js';
import type { BlockHeader } from '../rpc/raw-block.js';
import type { Checkpoint } from '../store/checkpoint.js';
import { factBatch, type BlockRange, type FactBatch } from '../store/fact-batch.js';
import { verifyRange } from '../verify/verify-range.js';
import type { Finality } from './finality.js';
import type { HeadLook, NextBlock } from './next-block.js';

/** What one look at the chain led to. */
export interface Progress {
  readonly block: BlockHeader;
  readonly head: BlockHeader;
  readonly facts: number;
  /** How many blocks the index moved on by. */
  readonly blocks: number;
  /** Present when blocks had to be given up. */
  readonly rolledBackFrom?: BlockHeader;
}

interface PreparedRange {
  readonly range: BlockRange;
  readonly batch: FactBatch;
}

/** Brings the index from its checkpoint to the chain's head, one look at a time. */
export class Follower {
  private readonly addresses: ReadonlySet<Hex>;

  public constructor(
    private readonly context: ReorgContext,
    private readonly source: RangeSource,
    private readonly nextBlock: NextBlock,
    private readonly decoder: FactDecoder,
    private readonly finality: Finality,
    private checkpoint: Checkpoint,
    private readonly stopping: () => boolean,
  ) {
    this.addresses = new Set(decoder.addresses);
  }

  /** Looks at the head once and writes all up to it; ends early, at a checkpoint, when it is told to stop. */
  public async advance(onCommit: (progress: Progress) => void): Promise<Progress> {
    const look = await this.nextBlock.look(this.checkpoint.block.number + 1);
    const { head } = look;
    try {
      return await this.advanceTo(look, onCommit);
    } catch (error) {
      if (!(error instanceof ReorganisedError)) throw error;
      const rolledBackFrom = this.checkpoint.block;
      const final = this.finality.known ?? this.checkpoint.final;
      this.moveTo(await rollBack(this.context, this.checkpoint, final));
      this.finality.forget();
      return { block: this.checkpoint.block, head, facts: 0, blocks: 0, rolledBackFrom };
    }
  }

  private async advanceTo(look: HeadLook, onCommit: (progress: Progress) => void): Promise<Progress> {
    const { head } = look;
    await this.refuseLostBlocks(head);
    const { number: start } = this.checkpoint.block;
    let facts = 0;
    for await (const { range, batch } of this.rangesTo(look)) {
      verifyRange(this.checkpoint.block, range, this.addresses);
      await this.context.store.commit(this.checkpoint.block, range, batch, head.number);
      const blocks = range.last.number - this.checkpoint.block.number;
      this.moveTo(range.last);
      facts += batch.facts;
      onCommit({ block: range.last, head, facts: batch.facts, blocks });
      if (this.stopping()) break;
    }
    const { block } = this.checkpoint;
    return { block, head, facts, blocks: block.number - start };
  }

  /** Rows are made as soon as their range is there, while those before are being written. */
  private async *rangesTo({ head, range }: HeadLook): AsyncGenerator<PreparedRange> {
    const { source } = this;
    const next = this.checkpoint.block.number + 1;
    if (next === head.number) yield this.prepared(range ?? (await this.nextBlock.fetch(head)));
    else
      yield* rangesAhead(next, head.number, source.size, async (request) =>
        this.prepared(await source.fetch(request)),
      );
  }

  private prepared(range: BlockRange): PreparedRange {
    return { range, batch: factBatch(this.context.chainId, range, this.decoder) };
  }

  private async refuseLostBlocks(head: BlockHeader): Promise<void> {
    const { block } = this.checkpoint;
    const behind = head.number < block.number && (await headIsBehind(this.context, head));
    if (behind || (head.number === block.number && head.hash !== block.hash))
      throw new ReorganisedError(`the chain's head is block ${head.number} ${head.hash}`);
  }

  private moveTo(block: BlockHeader): void {
    const { final, ...rest } = this.checkpoint;
    this.checkpoint = { ...rest, block, ...(final && final.number <= block.number ? { final } : {}) };
  }
}

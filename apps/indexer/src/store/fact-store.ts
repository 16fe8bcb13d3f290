import { EMPTY_DIGEST } from '@tallyhouse/chain';
import { notify, type Channels } from '@tallyhouse/database';
import type { Hex } from 'viem';
import { factTables } from '../protocols/index.js';
import { markDerived } from '../reorg/mark-derived.js';
import type { BlockHeader } from '../rpc/raw-block.js';
import type { Checkpoint, FinalBlock } from './checkpoint.js';
import { isoTime, type BlockRange, type FactBatch } from './fact-batch.js';
import { commitAtOnce, fitsOneStatement } from './commit-at-once.js';
import {
  blockColumns,
  dropBlocks,
  forgetEmptyBlocks,
  keepBlocks,
  keptDigest,
  runningDigests,
} from './kept-blocks.js';
import { MOVE_SET, MOVE_WHERE, moveValues, type Move } from './move-checkpoint.js';
import type { Session } from './session.js';
import { traceIndexed } from './trace-indexed.js';
import { lead, refusedMove } from './writer-epoch.js';

interface BlockRow {
  readonly number: string;
  readonly hash: Hex;
  readonly parent_hash: Hex | null;
  readonly seconds: string;
}

interface CheckpointRow extends BlockRow {
  readonly genesis_hash: Hex;
  readonly contracts_digest: string;
  readonly final_number: string | null;
  readonly final_hash: Hex | null;
}

/**
 * Rows and checkpoint, always together: every method that writes is one transaction, which first moves the checkpoint
 * from where this process left it, in the epoch that it leads. Whoever no longer leads fails there and writes nothing.
 */
export class FactStore {
  private epoch = 1;
  /** The running digest as this process left it; unknown before its first commit, and after a roll-back. */
  private digest: string | null | undefined;
  /** Numbers of the head and the final block that the database holds. */
  private told: { readonly head?: number; readonly final?: number } = {};

  public constructor(
    private readonly session: Pick<Session, 'query' | 'transaction' | 'copyIn'>,
    private readonly chainId: number,
  ) {}

  public async checkpoint(): Promise<Checkpoint | undefined> {
    const [row] = await this.session.query<CheckpointRow>(
      `SELECT block_number AS number, block_hash AS hash, '' AS parent_hash, genesis_hash, contracts_digest,
         extract(epoch FROM block_time)::bigint AS seconds, final_number, final_hash
       FROM chain_checkpoint WHERE chain_id = $1`,
      [this.chainId],
    );
    return row && checkpointOf(row);
  }

  /** Makes this process the one that may write; whoever led before can do so no more. */
  public async lead(): Promise<void> {
    this.epoch = await lead(this.session, this.chainId);
  }

  /** Begins an index whose next block is the one after `block`. */
  public async begin({ block, genesisHash, contractsDigest }: Checkpoint): Promise<void> {
    await this.session.transaction(async () => {
      await this.session.query(
        `INSERT INTO chain_checkpoint (chain_id, block_number, block_hash, block_time, genesis_hash, contracts_digest,
           head_number, updated_at, writer_epoch, digest) VALUES ($1, $2, $3, $4, $5, $6, $2, now(), $7, $8)`,
        [
          ...[this.chainId, block.number, block.hash, isoTime(block), genesisHash, contractsDigest],
          ...[this.epoch, EMPTY_DIGEST],
        ],
      );
      const blocks = blockColumns({ headers: [block], logs: [] }, new Map(), new Map());
      await keepBlocks(this.session, this.chainId, blocks);
    });
  }

  /** Writes what a range holds and moves the checkpoint from `from` to the range's last block. */
  public async commit(from: BlockHeader, range: BlockRange, batch: FactBatch, seen: number): Promise<void> {
    const startMs = performance.timeOrigin + performance.now();
    const before = (this.digest ??= await keptDigest(this.session, this.chainId));
    const digests = runningDigests(before, batch.rowsHashes);
    const digest = [...digests.values()].at(-1) ?? before;
    const head = Math.max(seen, range.last.number);
    const move: Move = { from, to: range.last, head, digest };
    const blocks = blockColumns(range, batch.rowsHashes, digests);
    if (fitsOneStatement(from, range, batch)) await this.commitSmall(move, batch, blocks);
    else await this.commitLarge(move, batch, blocks);
    this.digest = digest;
    this.told = { ...this.told, head };
    if (batch.tables.some(({ table }) => table.name === 'trace_anchored')) {
      const moved = { chainId: this.chainId, from: from.number, to: range.last.number };
      await traceIndexed(this.session, moved, startMs);
    }
  }

  private async commitSmall(
    move: Move,
    { tables }: FactBatch,
    blocks: ReturnType<typeof blockColumns>,
  ): Promise<void> {
    const values = moveValues(this.chainId, this.epoch, move);
    const payload = this.payload(move.to.number, tables);
    if (!(await commitAtOnce(this.session, tables, values, blocks, JSON.stringify(payload))))
      throw await refusedMove(this.session, this.chainId, move.from.number, this.epoch);
  }

  private async commitLarge(
    move: Move,
    { tables }: FactBatch,
    blocks: ReturnType<typeof blockColumns>,
  ): Promise<void> {
    await this.session.transaction(async () => {
      await this.move(move);
      for (const { table, columns, lines } of tables)
        await this.session.copyIn(`COPY ${table.name} (${columns.join(', ')}) FROM STDIN`, lines);
      await keepBlocks(this.session, this.chainId, blocks);
      await forgetEmptyBlocks(this.session, this.chainId, move.from.number, move.to.number);
      await this.tell(this.payload(move.to.number, tables));
    });
  }

  /**
   * Deletes every row above an ancestor that is still part of the chain, marks what was made of them, and goes on from
   * there.
   */
  public async rollBack(from: BlockHeader, ancestor: BlockHeader, head: number): Promise<void> {
    await this.session.transaction(async () => {
      await this.move({ from, to: ancestor, head });
      const touched: string[] = [];
      for (const { name } of factTables) {
        const [deleted] = await this.session.query<{ count: string }>(
          `WITH gone AS (DELETE FROM ${name} WHERE chain_id = $1 AND block_number > $2 RETURNING 1)
           SELECT count(*) FROM gone`,
          [this.chainId, ancestor.number],
        );
        if (deleted?.count !== '0') touched.push(name);
      }
      await dropBlocks(this.session, this.chainId, ancestor.number);
      await markDerived(this.session, this.chainId, from, ancestor);
      const { number } = ancestor;
      await this.tell({ chainId: this.chainId, blockNumber: number, tables: touched, rolledBackTo: number });
    });
    this.digest = undefined;
    this.told = {};
  }

  /** Numbers of the blocks whose hash is kept, ascending. */
  public async knownBlocks(): Promise<number[]> {
    const rows = await this.session.query<{ number: string }>(
      'SELECT number FROM chain_block WHERE chain_id = $1 ORDER BY number',
      [this.chainId],
    );
    return rows.map(({ number }) => Number(number));
  }

  public async knownBlock(number: number): Promise<BlockHeader | undefined> {
    const [row] = await this.session.query<BlockRow>(
      `SELECT number, hash, parent_hash, extract(epoch FROM block_time)::bigint AS seconds
       FROM chain_block WHERE chain_id = $1 AND number = $2`,
      [this.chainId, number],
    );
    return row && header(row);
  }

  /** Says how far the chain itself has come, and up to where it is final; nothing when that is known. */
  public async seeHead(head: number, final?: FinalBlock): Promise<void> {
    if (head === this.told.head && final?.number === this.told.final) return;
    await this.session.query(
      `UPDATE chain_checkpoint SET head_number = $3, updated_at = now(),
         final_number = coalesce($4, final_number), final_hash = coalesce($5, final_hash)
       WHERE chain_id = $1 AND writer_epoch = $2
         AND (head_number <> $3 OR final_number IS DISTINCT FROM coalesce($4, final_number))`,
      [this.chainId, this.epoch, head, final?.number ?? null, final?.hash ?? null],
    );
    this.told = { head, ...(final && { final: final.number }) };
  }

  private async move(move: Move): Promise<void> {
    const moved = await this.session.query(
      `UPDATE chain_checkpoint SET ${MOVE_SET} WHERE ${MOVE_WHERE} RETURNING 1`,
      moveValues(this.chainId, this.epoch, move),
    );
    if (moved.length !== 1) throw await refusedMove(this.session, this.chainId, move.from.number, this.epoch);
  }

  private payload(blockNumber: number, tables: FactBatch['tables']): Channels['tallyhouse_index'] {
    return { chainId: this.chainId, blockNumber, tables: tables.map(({ table }) => table.name) };
  }

  private async tell(payload: Channels['tallyhouse_index']): Promise<void> {
    const manager = { query: (sql: string, values: unknown[]) => this.session.query(sql, values) };
    await notify(manager as Parameters<typeof notify>[0], 'tallyhouse_index', payload);
  }
}

function checkpointOf(row: CheckpointRow): Checkpoint {
  const { genesis_hash: genesisHash, contracts_digest: contractsDigest, final_number, final_hash } = row;
  const known = { block: header(row), genesisHash, contractsDigest };
  if (final_number === null || final_hash === null) return known;
  return { ...known, final: { number: Number(final_number), hash: final_hash } };
}

function header(row: BlockRow): BlockHeader {
  return {
    number: Number(row.number),
    hash: row.hash,
    ...(row.parent_hash === null ? {} : { parentHash: row.parent_hash }),
    timestamp: Number(row.seconds),
  };
}

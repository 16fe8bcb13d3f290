import { Injectable } from '@nestjs/common';
import type { Hex } from '@tallyhouse/proofs';
import { DataSource } from 'typeorm';

/** A sealed batch that the index does not show on chain. */
export interface UnanchoredBatch {
  readonly id: string;
  readonly partner: Hex;
  readonly seq: bigint;
  readonly root: Hex;
  readonly count: number;
  readonly prevHead: Hex;
  readonly schemaId: Hex;
  readonly uri: string;
  readonly attempts: number;
}

/** Reads and marks batches on their way to the chain; what is on chain only the indexer says (`trace_anchored`). */
@Injectable()
export class AnchorRepository {
  public constructor(private readonly dataSource: DataSource) {}

  /** Batches not on chain as far as indexed, in order of each partner's chain. */
  public async unanchored(limit: number): Promise<UnanchoredBatch[]> {
    const rows: (Omit<UnanchoredBatch, 'seq'> & { seq: string })[] = await this.dataSource.query(
      `SELECT b.id, b.partner, b.seq, b.root, b.count, b.prev_head AS "prevHead", b.schema_id AS "schemaId", b.uri, b.attempts
       FROM anchor_batch b
       WHERE NOT EXISTS (SELECT 1 FROM trace_anchored t WHERE t.partner = b.partner AND t.root = b.root)
       ORDER BY b.partner, b.seq LIMIT $1`,
      [limit],
    );
    return rows.map((row) => ({ ...row, seq: BigInt(row.seq) }));
  }

  public async markSent(id: string, txHash: string, now: Date): Promise<void> {
    await this.dataSource.query(
      'UPDATE anchor_batch SET tx_hash = $2, sent_at = $3, attempts = attempts + 1, last_error = NULL WHERE id = $1',
      [id, txHash, now],
    );
  }

  public async markFailed(id: string, reason: string): Promise<void> {
    await this.dataSource.query(
      'UPDATE anchor_batch SET attempts = attempts + 1, last_error = $2 WHERE id = $1',
      [id, reason.slice(0, 2_000)],
    );
  }
}

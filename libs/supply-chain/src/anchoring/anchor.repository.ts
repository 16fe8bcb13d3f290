import { Injectable } from '@nestjs/common';
import type { Hex } from '@tallyhouse/proofs';
import { DataSource } from 'typeorm';
import { followChain, type Renumbered } from './follow-chain.repository.js';

/** A sealed batch that the index does not show on chain. */
export interface UnanchoredBatch {
  readonly id: string;
  readonly partner: Hex;
  readonly seq: bigint;
  readonly root: Hex;
  readonly count: number;
  readonly prevHead: Hex;
  readonly head: Hex;
  readonly schemaId: Hex;
  readonly uri: string;
  readonly attempts: number;
  /** Address of the key that the leaves name; only it may anchor the batch, or sign it. */
  readonly submitter: Hex;
  readonly payload: Buffer | null;
  /** EIP-712 signature of the submitter, and the last second it may be used. */
  readonly signature: Hex | null;
  readonly signatureDeadline: string | null;
  /** Where it was sealed, in a trace; null when nothing was traced. */
  readonly traceparent: string | null;
}

/** Whose batches are wanted; at most one is given. */
export interface Sending {
  /** Those that this key alone may anchor. */
  readonly submitter?: string;
  /** Those that this relayer may send: its own, and others' with a signature. */
  readonly relayer?: string;
}

/** Reads and marks batches on their way to the chain; what is on chain only the indexer says (`trace_anchored`). */
@Injectable()
export class AnchorRepository {
  public constructor(private readonly dataSource: DataSource) {}

  /** Batches not on chain as far as indexed, in order of each partner's chain; of all, or of those that one may send. */
  public async unanchored(limit: number, who: Sending = {}): Promise<UnanchoredBatch[]> {
    const rows: (Omit<UnanchoredBatch, 'seq'> & { seq: string })[] = await this.dataSource.query(
      `SELECT b.id, b.partner, b.seq, b.root, b.count, b.prev_head AS "prevHead", b.head, b.schema_id AS "schemaId", b.uri, b.attempts,
              b.submitter, b.payload, b.signature, b.signature_deadline AS "signatureDeadline", b.traceparent
       FROM anchor_batch b
       WHERE NOT EXISTS (SELECT 1 FROM trace_anchored t WHERE t.partner = b.partner AND t.root = b.root)
         AND ($2::text IS NULL OR b.submitter = $2) AND ($3::text IS NULL OR b.submitter = $3 OR b.signature IS NOT NULL)
       ORDER BY b.partner, b.seq LIMIT $1`,
      [limit, who.submitter ?? null, who.relayer ?? null],
    );
    return rows.map((row) => ({ ...row, seq: BigInt(row.seq) }));
  }

  /** Gives waiting batches numbers after those that the chain has and this database has not; usually there are none. */
  public followChain(): Promise<Renumbered[]> {
    return followChain(this.dataSource);
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

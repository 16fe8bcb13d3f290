import { Injectable } from '@nestjs/common';
import type { Hex } from '@tallyhouse/proofs';
import { DataSource } from 'typeorm';

/** A recall that is not on chain yet. */
export interface UnopenedRecall {
  readonly id: string;
  readonly partner: Hex;
  readonly criteriaHash: Hex;
  readonly affectedRoot: Hex;
  readonly affectedCount: number;
}

const BATCH = 50;

/** What a worker has to bring to the chain. */
@Injectable()
export class RecallOutbox {
  public constructor(private readonly dataSource: DataSource) {}

  /** Recalls that the chain does not know and that it has not refused. */
  public async unopened(): Promise<UnopenedRecall[]> {
    return this.dataSource.query(
      `SELECT r.id, r.partner, r.criteria_hash AS "criteriaHash", r.affected_root AS "affectedRoot",
         r.affected_count AS "affectedCount"
       FROM recall r WHERE NOT r.drill AND r.last_error IS NULL
         AND NOT EXISTS (SELECT FROM recall_opened o WHERE o.recall_id = r.id) ORDER BY r.seq LIMIT ${BATCH}`,
    );
  }

  public async markSent(id: string, txHash: string, now: Date): Promise<void> {
    await this.dataSource.query('UPDATE recall SET tx_hash = $2, sent_at = $3 WHERE id = $1', [
      id,
      txHash,
      now,
    ]);
  }

  public async markRefused(id: string, reason: string): Promise<void> {
    await this.dataSource.query('UPDATE recall SET last_error = $2 WHERE id = $1', [id, reason]);
  }
}

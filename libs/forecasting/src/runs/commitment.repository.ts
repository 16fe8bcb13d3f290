import { Injectable } from '@nestjs/common';
import type { Hex } from '@tallyhouse/proofs';
import { DataSource } from 'typeorm';

/** A run whose root is not on chain as far as indexed and may still go there. */
export interface UncommittedRun {
  readonly id: string;
  readonly family: string;
  readonly versionId: Hex;
  readonly asOf: Date;
  readonly firstTarget: Date;
  readonly root: Hex;
  readonly count: number;
  /** Where it was traced; null once it was sent, if anywhere. */
  readonly traceparent: string | null;
}

/** Reads and marks runs on their way to the ForecastLedger; what is on chain only the indexer says. */
@Injectable()
export class CommitmentRepository {
  public constructor(private readonly dataSource: DataSource) {}

  /** Runs that can still be committed before their first target begins; those in shadow come last. */
  public async uncommitted(now: Date): Promise<UncommittedRun[]> {
    return this.dataSource.query(
      `SELECT r.id, r.family, r.version_id AS "versionId", r.as_of AS "asOf", r.first_target AS "firstTarget", r.root, r.count,
              CASE WHEN r.sent_at IS NULL THEN r.traceparent END AS traceparent
       FROM forecast_run r
       WHERE r.first_target > $1 AND r.withdrawn_at IS NULL AND NOT EXISTS (SELECT 1 FROM forecast_committed c WHERE c.root = r.root)
       ORDER BY r.is_shadow, r.seq LIMIT 100`,
      [now],
    );
  }

  public async markSent(id: string, txHash: string): Promise<void> {
    await this.dataSource.query(
      'UPDATE forecast_run SET tx_hash = $2, sent_at = clock_timestamp(), last_error = NULL WHERE id = $1',
      [id, txHash],
    );
  }

  public async markFailed(id: string, reason: string): Promise<void> {
    await this.dataSource.query('UPDATE forecast_run SET last_error = $2 WHERE id = $1', [
      id,
      reason.slice(0, 2_000),
    ]);
  }
}

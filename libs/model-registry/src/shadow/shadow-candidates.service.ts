import { Injectable } from '@nestjs/common';
import type { Hex } from '@tallyhouse/proofs';
import { DataSource } from 'typeorm';
import { FOLLOW_CANDIDATES, MOST_AT_ONCE, MOST_DAYS } from './follow-candidates.sql.js';

/** A version that is not in force and may be run beside the one that is. */
export interface ShadowCandidate {
  readonly family: string;
  readonly versionId: Hex;
  readonly artifactSha256: Hex;
}

/** Decides which candidates run in shadow, and keeps what became of each. */
@Injectable()
export class ShadowCandidates {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Follows registry and votes: a version runs in shadow from its registration until it is put in force, its vote is lost, or
   * nobody votes on it for long. Safe to call at any time and again.
   *
   * @param now time of the chain
   * @returns those to run now; one that was refused comes again after its pause
   */
  public async follow(families: readonly string[], now: Date): Promise<ShadowCandidate[]> {
    await this.dataSource.query(FOLLOW_CANDIDATES, [families, now, MOST_AT_ONCE, MOST_DAYS]);
    return this.dataSource.query(
      `SELECT s.family, s.version_id AS "versionId", s.artifact_sha256 AS "artifactSha256" FROM model_shadow s
       WHERE s.family = ANY($1) AND EXISTS (SELECT FROM model_version_current v WHERE v.version_id = s.version_id)
         AND (s.state = 'RUNS' OR (s.state = 'REFUSED' AND s.retry_at <= clock_timestamp()))
       ORDER BY s.family, s.version_id`,
      [families],
    );
  }

  /** Versions whose runs are wanted: those that run, and those that failed and are tried again. */
  public async tried(): Promise<Hex[]> {
    const rows: { versionId: Hex }[] = await this.dataSource.query(
      `SELECT version_id AS "versionId" FROM model_shadow WHERE state IN ('RUNS', 'REFUSED')`,
    );
    return rows.map(({ versionId }) => versionId);
  }

  /** @param elapsedMs how long the run took */
  public async ran(versionId: Hex, elapsedMs: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE model_shadow SET state = 'RUNS', reason = NULL, retry_at = NULL, last_run_at = clock_timestamp(),
         last_run_ms = $2, since = CASE state WHEN 'RUNS' THEN since ELSE clock_timestamp() END
       WHERE version_id = $1 AND state IN ('RUNS', 'REFUSED')`,
      [versionId, Math.round(elapsedMs)],
    );
  }

  /** @param pauseS it is not tried again for so many seconds */
  public async refused(versionId: Hex, reason: string, pauseS: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE model_shadow SET state = 'REFUSED', reason = $2,
         retry_at = clock_timestamp() + make_interval(secs => $3),
         since = CASE state WHEN 'REFUSED' THEN since ELSE clock_timestamp() END
       WHERE version_id = $1 AND state IN ('RUNS', 'REFUSED')`,
      [versionId, reason.slice(0, 2_000), pauseS],
    );
  }
}

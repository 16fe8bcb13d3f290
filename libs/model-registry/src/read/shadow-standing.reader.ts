import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Where a candidate stands in shadow, and why when it does not run. */
export interface ShadowStandingRow {
  readonly versionId: string;
  readonly state: 'RUNS' | 'WAITS' | 'REFUSED' | 'ENDED';
  readonly reason: string | null;
  /** When it came into the state, by the clock of the workers. */
  readonly since: Date;
  readonly lastRunAt: Date | null;
  readonly lastRunMs: number | null;
}

/** Reads where candidates stand in shadow. */
@Injectable()
export class ShadowStandingReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** In no order; a version that never was a candidate is left out. */
  public async standings(versionIds: readonly string[]): Promise<ShadowStandingRow[]> {
    return this.dataSource.query(
      `SELECT version_id AS "versionId", state, reason, since, last_run_at AS "lastRunAt", last_run_ms AS "lastRunMs"
       FROM model_shadow WHERE version_id = ANY($1)`,
      [versionIds],
    );
  }
}

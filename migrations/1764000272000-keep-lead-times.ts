import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guarded, laterRules } from './access-rules.js';

/** What is to be expected of deliveries by country, mode and supplier; one outlook at a time. */
export class KeepLeadTimes1764000272000 implements MigrationInterface {
  public readonly name = 'KeepLeadTimes1764000272000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE lead_time_run (
        id uuid PRIMARY KEY,
        data_sha256 text NOT NULL,
        as_of timestamptz NOT NULL,
        as_of_block bigint NOT NULL,
        deliveries integer NOT NULL,
        tested integer NOT NULL,
        levels double precision[] NOT NULL,
        auc double precision,
        brier double precision NOT NULL,
        calibration_error double precision NOT NULL,
        lane_auc double precision,
        lane_brier double precision NOT NULL,
        lane_calibration_error double precision NOT NULL,
        coverage_80 double precision NOT NULL,
        made_at timestamptz NOT NULL
      );
      CREATE TABLE lead_time (
        run_id uuid NOT NULL REFERENCES lead_time_run ON DELETE CASCADE,
        country text NOT NULL,
        mode text NOT NULL,
        supplier text NOT NULL,
        deliveries integer NOT NULL,
        late_share double precision NOT NULL,
        late_probability double precision NOT NULL,
        arrival_days double precision[] NOT NULL,
        PRIMARY KEY (run_id, country, mode, supplier)
      );
      COMMENT ON COLUMN lead_time.arrival_days IS 'Days after the promised day, one a level of the run; early ones negative.';
    `);
    for (const [table, rule] of Object.entries(laterRules)) await runner.query(guarded(table, rule));
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE lead_time, lead_time_run');
  }
}

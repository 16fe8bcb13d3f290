import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the baseline of each scored forecast would have erred by, and which models fell behind it. */
export class WatchDrift1764000271000 implements MigrationInterface {
  public readonly name = 'WatchDrift1764000271000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE forecast_score ADD COLUMN baseline_error double precision;
      COMMENT ON COLUMN forecast_score.baseline_error IS
        'Absolute error of the seasonal naive, or of the last value where no season is known; null where nothing was.';
      CREATE TABLE model_drift_alarm (
        version_id text PRIMARY KEY,
        family text NOT NULL,
        target_start timestamptz NOT NULL,
        evidence double precision NOT NULL,
        raised_at timestamptz NOT NULL
      );
      COMMENT ON TABLE model_drift_alarm IS 'Versions whose committed forecasts lost more than their baseline.';
      GRANT SELECT ON model_drift_alarm TO tallyhouse_reader, tallyhouse_writer;
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE model_drift_alarm; ALTER TABLE forecast_score DROP COLUMN baseline_error');
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Candidates forecast beside the model that runs: their runs are marked, and where each candidate stands is kept. */
export class RunInShadow1764000255000 implements MigrationInterface {
  public readonly name = 'RunInShadow1764000255000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE forecast_run ADD COLUMN is_shadow boolean NOT NULL DEFAULT false;
      COMMENT ON COLUMN forecast_run.is_shadow IS 'Made by a version that was not in force; never shown as the forecast.';
      ALTER TABLE forecast_run
        DROP CONSTRAINT forecast_run_version_id_frequency_as_of_data_sha256_key,
        ADD CONSTRAINT forecast_run_once UNIQUE (version_id, is_shadow, frequency, as_of, data_sha256);
      ALTER TABLE forecast ADD COLUMN scale double precision CHECK (scale > 0);
      COMMENT ON COLUMN forecast.scale IS
        'Mean error of the seasonal naive in the history known to the run; null where that is 0, or for older runs.';
      CREATE TABLE model_shadow (
        version_id text PRIMARY KEY,
        family text NOT NULL,
        artifact_sha256 text NOT NULL,
        state text NOT NULL CHECK (state IN ('RUNS', 'WAITS', 'REFUSED', 'ENDED')),
        reason text,
        since timestamptz NOT NULL,
        retry_at timestamptz,
        last_run_at timestamptz,
        last_run_ms integer
      );
      GRANT SELECT ON model_shadow TO tallyhouse_reader, tallyhouse_writer;
      COMMENT ON TABLE model_shadow IS 'Where each candidate version stands in shadow, as the workers keep it.';
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE model_shadow;
      ALTER TABLE forecast DROP COLUMN scale;
      DELETE FROM forecast_run WHERE is_shadow;
      ALTER TABLE forecast_run
        DROP CONSTRAINT forecast_run_once,
        ADD CONSTRAINT forecast_run_version_id_frequency_as_of_data_sha256_key
          UNIQUE (version_id, frequency, as_of, data_sha256);
      ALTER TABLE forecast_run DROP COLUMN is_shadow;
    `);
  }
}

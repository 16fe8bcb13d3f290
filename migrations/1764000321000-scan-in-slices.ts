import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Series are looked through in slices: what was found so far is kept until all of a measure and frequency were seen. */
export class ScanInSlices1764000321000 implements MigrationInterface {
  public readonly name = 'ScanInSlices1764000321000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX series_of_panel ON series (measure, frequency, id);
      ALTER TABLE anomaly_scan ADD COLUMN observation_seq bigint, ADD COLUMN period_end integer;
      COMMENT ON COLUMN anomaly_scan.observation_seq IS 'What observation_change said when the scan began.';
      CREATE TABLE anomaly_pass (
        measure text NOT NULL,
        frequency text NOT NULL,
        model_version text NOT NULL,
        observation_seq bigint NOT NULL,
        period_end integer NOT NULL,
        as_of timestamptz NOT NULL,
        last_series text NOT NULL,
        series integer NOT NULL,
        data_sha256 text NOT NULL,
        PRIMARY KEY (measure, frequency)
      );
      COMMENT ON TABLE anomaly_pass IS 'Scans under way, up to which series they are; only the worker reads and writes them.';
      CREATE TABLE anomaly_candidate (
        measure text NOT NULL,
        frequency text NOT NULL,
        series_id text NOT NULL,
        period_start timestamptz NOT NULL,
        value double precision NOT NULL,
        expected double precision,
        p_value double precision NOT NULL,
        detector text NOT NULL,
        explanation text NOT NULL,
        window_start timestamptz NOT NULL,
        window_end timestamptz NOT NULL,
        PRIMARY KEY (measure, frequency, period_start, series_id),
        FOREIGN KEY (measure, frequency) REFERENCES anomaly_pass ON DELETE CASCADE
      );
      COMMENT ON TABLE anomaly_candidate IS 'Values that look strange by themselves; which are reported is said when all series were seen.';
      CREATE TABLE anomaly_tested (
        measure text NOT NULL,
        frequency text NOT NULL,
        period_start timestamptz NOT NULL,
        series integer NOT NULL,
        PRIMARY KEY (measure, frequency, period_start),
        FOREIGN KEY (measure, frequency) REFERENCES anomaly_pass ON DELETE CASCADE
      );
      COMMENT ON TABLE anomaly_tested IS 'Of each period how many series were looked at so far.';
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE anomaly_tested, anomaly_candidate, anomaly_pass;
      ALTER TABLE anomaly_scan DROP COLUMN observation_seq, DROP COLUMN period_end;
      DROP INDEX series_of_panel;`);
  }
}

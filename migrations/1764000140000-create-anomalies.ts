import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Anomalies of series, what people say of them, and the level that they are reported at. */
export class CreateAnomalies1764000140000 implements MigrationInterface {
  public readonly name = 'CreateAnomalies1764000140000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE anomaly_scan (
        measure text NOT NULL,
        frequency text NOT NULL,
        data_sha256 text NOT NULL,
        model_version text NOT NULL,
        series integer NOT NULL,
        anomalies integer NOT NULL,
        as_of_block bigint NOT NULL,
        scanned_at timestamptz NOT NULL,
        PRIMARY KEY (measure, frequency)
      );
      CREATE TABLE anomaly (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        series_id text NOT NULL REFERENCES series ON DELETE CASCADE,
        period_start timestamptz NOT NULL,
        value double precision NOT NULL,
        expected double precision,
        p_value double precision NOT NULL CHECK (p_value BETWEEN 0 AND 1),
        q_value double precision NOT NULL CHECK (q_value BETWEEN 0 AND 1),
        detector text NOT NULL,
        explanation text NOT NULL,
        window_start timestamptz NOT NULL,
        window_end timestamptz NOT NULL,
        model_version text NOT NULL,
        from_block bigint NOT NULL,
        to_block bigint CHECK (to_block >= from_block)
      );
      CREATE UNIQUE INDEX anomaly_current ON anomaly (series_id, period_start) WHERE to_block IS NULL;
      CREATE INDEX anomaly_latest ON anomaly (period_start DESC, id DESC);
      CREATE TABLE anomaly_label (
        series_id text NOT NULL REFERENCES series ON DELETE CASCADE,
        period_start timestamptz NOT NULL,
        actor text NOT NULL,
        verdict text NOT NULL CHECK (verdict IN ('REAL', 'NOT_REAL')),
        comment text,
        labelled_at timestamptz NOT NULL,
        PRIMARY KEY (series_id, period_start, actor)
      );
      CREATE TABLE anomaly_level (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        level double precision NOT NULL CHECK (level > 0 AND level < 1),
        labels_real integer NOT NULL,
        labels_not_real integer NOT NULL,
        set_at timestamptz NOT NULL
      );`);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE anomaly_level, anomaly_label, anomaly, anomaly_scan');
  }
}

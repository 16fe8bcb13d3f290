import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Series and observations made from anchored events; forecast runs, their values and their scores. */
export class CreateForecasting1764000003000 implements MigrationInterface {
  public readonly name = 'CreateForecasting1764000003000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE series (
        id text PRIMARY KEY CHECK (id ~ '^0x[0-9a-f]{64}$'),
        partner text NOT NULL,
        measure text NOT NULL CHECK (measure IN ('DEMAND', 'RECEIVED', 'SHIPPED')),
        frequency text NOT NULL CHECK (frequency IN ('DAILY', 'WEEKLY', 'MONTHLY')),
        grain text NOT NULL CHECK (grain IN ('TOTAL', 'PRODUCT', 'SITE', 'PRODUCT_SITE', 'LANE')),
        product text,
        site text,
        destination text,
        label text NOT NULL,
        UNIQUE NULLS NOT DISTINCT (partner, measure, frequency, grain, product, site, destination)
      );
      CREATE TABLE observation (
        series_id text NOT NULL REFERENCES series ON DELETE CASCADE,
        period_start timestamptz NOT NULL,
        value double precision NOT NULL,
        event_count integer NOT NULL,
        PRIMARY KEY (series_id, period_start)
      );
      CREATE TABLE forecast_run (
        id uuid PRIMARY KEY,
        seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        family text NOT NULL,
        version_id text NOT NULL,
        artifact_sha256 text NOT NULL,
        proposal_id text,
        frequency text NOT NULL,
        as_of timestamptz NOT NULL,
        first_target timestamptz NOT NULL,
        as_of_block bigint NOT NULL,
        data_sha256 text NOT NULL,
        levels double precision[] NOT NULL,
        root text NOT NULL,
        count integer NOT NULL,
        created_at timestamptz NOT NULL,
        tx_hash text,
        sent_at timestamptz,
        last_error text,
        UNIQUE (version_id, frequency, as_of, data_sha256)
      );
      CREATE TABLE forecast (
        run_id uuid NOT NULL REFERENCES forecast_run ON DELETE CASCADE,
        series_id text NOT NULL REFERENCES series,
        step integer NOT NULL CHECK (step > 0),
        leaf_index integer NOT NULL,
        target_start timestamptz NOT NULL,
        target_end timestamptz NOT NULL,
        mean double precision NOT NULL,
        quantiles double precision[] NOT NULL,
        method text NOT NULL,
        fallback_reason text,
        PRIMARY KEY (run_id, series_id, step)
      );
      CREATE INDEX forecast_series ON forecast (series_id, target_start);
      CREATE TABLE forecast_score (
        run_id uuid NOT NULL,
        series_id text NOT NULL,
        step integer NOT NULL,
        actual double precision NOT NULL,
        abs_error double precision NOT NULL,
        smape double precision NOT NULL,
        pinball double precision NOT NULL,
        inside_80 boolean NOT NULL,
        scored_at timestamptz NOT NULL,
        PRIMARY KEY (run_id, series_id, step),
        FOREIGN KEY (run_id, series_id, step) REFERENCES forecast ON DELETE CASCADE
      );
      CREATE TABLE model_runtime (
        family text PRIMARY KEY,
        running_version_id text,
        running_artifact_sha256 text,
        running_proposal_id text,
        wanted_version_id text NOT NULL,
        wanted_artifact_sha256 text NOT NULL,
        state text NOT NULL CHECK (state IN ('RUNNING', 'REFUSED')),
        reason text,
        since timestamptz NOT NULL
      );
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE model_runtime, forecast_score, forecast, forecast_run, observation, series',
    );
  }
}

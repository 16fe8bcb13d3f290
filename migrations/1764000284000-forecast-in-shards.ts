import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Runs over many series are cut into shards, which workers take from the queue; a count tells whether observations changed. */
export class ForecastInShards1764000284000 implements MigrationInterface {
  public readonly name = 'ForecastInShards1764000284000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE observation_change (single boolean PRIMARY KEY DEFAULT true CHECK (single), seq bigint NOT NULL);
      COMMENT ON TABLE observation_change IS 'Grows whenever an observation changes; empty before the first.';
      CREATE TABLE forecast_plan (
        run_id uuid PRIMARY KEY,
        family text NOT NULL,
        version_id text NOT NULL,
        artifact_sha256 text NOT NULL,
        proposal_id text,
        measure text NOT NULL,
        frequency text NOT NULL,
        as_of timestamptz NOT NULL,
        first_target timestamptz NOT NULL,
        as_of_block bigint NOT NULL,
        data_sha256 text NOT NULL,
        observation_seq bigint NOT NULL,
        day date NOT NULL,
        usual_begin integer NOT NULL,
        sums integer NOT NULL,
        series integer NOT NULL,
        shards integer NOT NULL,
        horizon integer NOT NULL CHECK (horizon > 0),
        gap integer NOT NULL CHECK (gap >= 0),
        moments jsonb NOT NULL,
        traceparent text,
        planned_at timestamptz NOT NULL,
        reconciled_at timestamptz,
        reconciliation text,
        reconciliation_reason text,
        finished_at timestamptz,
        outcome text CHECK (outcome IN ('STORED', 'KNOWN', 'ABANDONED')),
        reason text,
        CHECK ((finished_at IS NULL) = (outcome IS NULL))
      );
      CREATE UNIQUE INDEX forecast_plan_open ON forecast_plan (version_id, frequency) WHERE finished_at IS NULL;
      CREATE INDEX forecast_plan_latest ON forecast_plan (planned_at DESC);
      COMMENT ON TABLE forecast_plan IS 'Runs that are made in shards, as they go and as they went.';
      COMMENT ON COLUMN forecast_plan.outcome IS
        'STORED: the run is there; KNOWN: it had been there already; ABANDONED: given up for the reason told.';
      CREATE TABLE forecast_shard (
        run_id uuid NOT NULL REFERENCES forecast_plan ON DELETE CASCADE,
        number integer NOT NULL,
        first_series integer NOT NULL,
        series integer NOT NULL CHECK (series > 0),
        attempts integer NOT NULL DEFAULT 0,
        begun_at timestamptz,
        forecast_at timestamptz,
        forecast_ms integer,
        written_at timestamptz,
        write_ms integer,
        PRIMARY KEY (run_id, number)
      );
      CREATE TABLE forecast_shard_content (
        run_id uuid NOT NULL,
        number integer NOT NULL,
        history bytea NOT NULL,
        forecasts bytea,
        settled bytea,
        leaves bytea,
        PRIMARY KEY (run_id, number),
        FOREIGN KEY (run_id, number) REFERENCES forecast_shard ON DELETE CASCADE
      );
      ALTER TABLE forecast_shard_content
        ALTER COLUMN history SET STORAGE EXTERNAL, ALTER COLUMN forecasts SET STORAGE EXTERNAL,
        ALTER COLUMN settled SET STORAGE EXTERNAL, ALTER COLUMN leaves SET STORAGE EXTERNAL;
      COMMENT ON TABLE forecast_shard_content IS
        'What the workers hand each other while a run is made; no partner sees it, and it goes when the run is whole.';
      GRANT SELECT ON forecast_plan, forecast_shard TO tallyhouse_reader, tallyhouse_writer;
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      'DROP TABLE forecast_shard_content, forecast_shard, forecast_plan, observation_change',
    );
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How the worker's stages go: when each ran, which everybody may know, and what it failed with, which may tell of a partner's data.
 * That, and messages of all partners that were given up, the api reads as the keeper, for operators.
 */
export class RecordStages1764000230000 implements MigrationInterface {
  public readonly name = 'RecordStages1764000230000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE stage_state (
        stage text PRIMARY KEY,
        running_since timestamptz,
        last_succeeded_at timestamptz,
        last_duration_ms integer,
        failing_since timestamptz,
        failures integer NOT NULL DEFAULT 0
      );
      COMMENT ON COLUMN stage_state.failures IS 'In a row, since it last succeeded.';
      CREATE TABLE stage_failure (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        stage text NOT NULL,
        error text NOT NULL,
        first_failed_at timestamptz NOT NULL,
        last_failed_at timestamptz NOT NULL,
        times integer NOT NULL DEFAULT 1,
        given_up boolean NOT NULL,
        resolved_at timestamptz
      );
      COMMENT ON TABLE stage_failure IS 'One row for each error of a stage, until it succeeds again.';
      COMMENT ON COLUMN stage_failure.given_up IS 'The job used up its attempts; the stage is asked for again at the next look.';
      CREATE UNIQUE INDEX stage_failure_open ON stage_failure (stage, md5(error)) WHERE resolved_at IS NULL;
      CREATE INDEX stage_failure_stage ON stage_failure (stage, seq);
      GRANT SELECT ON stage_state TO tallyhouse_reader, tallyhouse_writer;
      GRANT SELECT ON stage_failure TO tallyhouse_keeper;
      GRANT SELECT (id, partner, purpose, url) ON webhook_endpoint TO tallyhouse_keeper;
      GRANT SELECT (id, seq, endpoint_id, state, created_at, attempts, last_error, body),
        UPDATE (state, due_at, attempts) ON webhook_delivery TO tallyhouse_keeper;
      CREATE POLICY operated ON webhook_endpoint FOR SELECT TO tallyhouse_keeper USING (true);
      CREATE POLICY operated ON webhook_delivery TO tallyhouse_keeper USING (true) WITH CHECK (true);
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP POLICY operated ON webhook_delivery;
      DROP POLICY operated ON webhook_endpoint;
      REVOKE ALL ON webhook_endpoint, webhook_delivery FROM tallyhouse_keeper;
      DROP TABLE stage_failure, stage_state;
    `);
  }
}

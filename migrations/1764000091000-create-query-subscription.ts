import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Subscriptions to named queries (EPCIS 2.0 §8.2.5), and the order in which captures became visible, which they follow. */
export class CreateQuerySubscription1764000091000 implements MigrationInterface {
  public readonly name = 'CreateQuerySubscription1764000091000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE SEQUENCE capture_feed;
      ALTER TABLE capture_job ADD COLUMN feed_position bigint;
      COMMENT ON COLUMN capture_job.feed_position IS 'Order in which captures became visible; null until somebody numbers it.';
      CREATE UNIQUE INDEX capture_job_feed ON capture_job (feed_position);
      CREATE INDEX capture_job_unfed ON capture_job (seq)
        WHERE feed_position IS NULL AND stored > 0 AND state <> 'RUNNING';
      CREATE TABLE query_subscription (
        id uuid PRIMARY KEY REFERENCES webhook_endpoint ON DELETE CASCADE,
        seq bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
        query_name text NOT NULL REFERENCES named_query ON DELETE CASCADE,
        schedule json,
        report_if_empty boolean NOT NULL,
        initial_record_time timestamptz,
        created_at timestamptz NOT NULL,
        next_at timestamptz,
        cursor_position bigint NOT NULL,
        cursor_event uuid NOT NULL,
        since_position bigint,
        run_until bigint,
        run_found boolean NOT NULL DEFAULT false,
        last_run_at timestamptz,
        last_error text,
        retry_at timestamptz
      );
      CREATE INDEX query_subscription_query ON query_subscription (query_name, seq);
      CREATE FUNCTION query_subscription_gone() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          DELETE FROM webhook_endpoint WHERE id = OLD.id;
          RETURN NULL;
        END $$;
      CREATE TRIGGER query_subscription_gone AFTER DELETE ON query_subscription
        FOR EACH ROW EXECUTE FUNCTION query_subscription_gone();
    `);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DELETE FROM query_subscription;
      DROP TABLE query_subscription;
      DROP FUNCTION query_subscription_gone;
      ALTER TABLE capture_job DROP COLUMN feed_position;
      DROP SEQUENCE capture_feed;
    `);
  }
}

import type { MigrationInterface, QueryRunner } from 'typeorm';
import { eventStreamRules, guarded } from './access-rules.js';
import { AS_OWNER } from './viewer-functions.js';

const ROLES = 'tallyhouse_reader, tallyhouse_writer';
const STREAM_SHOWN = 'EXISTS (SELECT FROM event_stream parent WHERE parent.id = event_stream_id)';

/** Captured events that are watched for what is unlike those before them, and anomalies and labels of events beside those of series and sensors. */
export class WatchEvents1764000357000 implements MigrationInterface {
  public readonly name = 'WatchEvents1764000357000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(STREAMS);
    for (const [table, rule] of Object.entries(eventStreamRules)) await runner.query(guarded(table, rule));
    await runner.query(ANOMALIES);
    await runner.query(`
      CREATE POLICY seen_of_events ON anomaly FOR SELECT TO ${ROLES} USING (${STREAM_SHOWN});
      CREATE POLICY seen_of_events ON anomaly_label FOR SELECT TO ${ROLES} USING (${STREAM_SHOWN});
      CREATE POLICY written_of_events ON anomaly_label TO tallyhouse_writer
        USING (${STREAM_SHOWN}) WITH CHECK (${STREAM_SHOWN});`);
    // Events have a rate of false discoveries as series have one, and the level is the aim of both.
    await runner.query(labelCounts('stream_id IS NULL'));
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(labelCounts('series_id IS NOT NULL'));
    await runner.query(`
      DROP POLICY written_of_events ON anomaly_label;
      DROP POLICY seen_of_events ON anomaly_label;
      DROP POLICY seen_of_events ON anomaly;
      DELETE FROM anomaly_label WHERE event_stream_id IS NOT NULL;
      DELETE FROM anomaly WHERE event_stream_id IS NOT NULL;
      ALTER TABLE anomaly_label DROP CONSTRAINT anomaly_label_said, DROP CONSTRAINT anomaly_label_of,
        DROP COLUMN event_stream_id, DROP COLUMN event_id,
        ADD CONSTRAINT anomaly_label_check CHECK (num_nulls(series_id, stream_id) = 1),
        ADD CONSTRAINT anomaly_label_said UNIQUE NULLS NOT DISTINCT (period_start, series_id, stream_id, actor);
      ALTER TABLE anomaly DROP CONSTRAINT anomaly_of, DROP COLUMN event_stream_id,
        ADD CONSTRAINT anomaly_check1 CHECK (CASE WHEN stream_id IS NULL THEN num_nulls(series_id, p_value, q_value) = 0
          ELSE series_id IS NULL AND num_nulls(event_id, novelty) = 0 END);
      DROP TABLE event_stream_state, event_place, event_stream;`);
  }
}

const STREAMS = `
  CREATE TABLE event_stream (
    id text PRIMARY KEY,
    partner text NOT NULL,
    biz_step text NOT NULL,
    events bigint NOT NULL
  );
  COMMENT ON TABLE event_stream IS 'Events that are held against each other: one step of one sender.';
  CREATE TABLE event_stream_state (
    stream_id text PRIMARY KEY REFERENCES event_stream ON DELETE CASCADE,
    state bytea NOT NULL,
    surroundings json NOT NULL,
    model_version text NOT NULL
  );
  COMMENT ON TABLE event_stream_state IS 'What the worker knows of a stream between two looks; nobody else reads it.';
  CREATE TABLE event_place (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    position bigint NOT NULL,
    event_time timestamptz NOT NULL,
    event_id uuid NOT NULL
  );
  COMMENT ON TABLE event_place IS 'Up to where in the feed of captures events were judged.';
  INSERT INTO event_place (position, event_time, event_id)
    VALUES (0, 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff');`;

/** A row is of a period of a series, of a reading of a sensor, or of an event. */
const ANOMALIES = `
  ALTER TABLE anomaly ADD COLUMN event_stream_id text REFERENCES event_stream ON DELETE CASCADE,
    DROP CONSTRAINT anomaly_check1,
    ADD CONSTRAINT anomaly_of CHECK (num_nulls(series_id, stream_id, event_stream_id) = 2 AND CASE
      WHEN stream_id IS NULL THEN num_nulls(p_value, q_value) = 0 ELSE novelty IS NOT NULL END
      AND (series_id IS NOT NULL OR event_id IS NOT NULL));
  CREATE UNIQUE INDEX anomaly_current_of_event ON anomaly (event_stream_id, event_id) WHERE to_block IS NULL;
  ALTER TABLE anomaly_label DROP CONSTRAINT anomaly_label_said, DROP CONSTRAINT anomaly_label_check,
    ADD COLUMN event_stream_id text REFERENCES event_stream ON DELETE CASCADE, ADD COLUMN event_id uuid,
    ADD CONSTRAINT anomaly_label_of CHECK (num_nulls(series_id, stream_id, event_stream_id) = 2
      AND (event_stream_id IS NULL) = (event_id IS NULL)),
    ADD CONSTRAINT anomaly_label_said
      UNIQUE NULLS NOT DISTINCT (period_start, series_id, stream_id, event_stream_id, event_id, actor);`;

const labelCounts = (counted: string): string => `
  CREATE OR REPLACE FUNCTION anomaly_label_counts() RETURNS TABLE (is_real integer, not_real integer) ${AS_OWNER} LANGUAGE sql AS $$
    SELECT (count(*) FILTER (WHERE verdict = 'REAL'))::integer, (count(*) FILTER (WHERE verdict = 'NOT_REAL'))::integer
    FROM anomaly_label WHERE ${counted} $$`;

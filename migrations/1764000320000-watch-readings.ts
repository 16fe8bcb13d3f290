import type { MigrationInterface, QueryRunner } from 'typeorm';
import { guarded, readingRules } from './access-rules.js';
import { AS_OWNER, firstText } from './viewer-functions.js';

const ROLES = 'tallyhouse_reader, tallyhouse_writer';
const STREAM_SHOWN = 'EXISTS (SELECT FROM reading_stream parent WHERE parent.id = stream_id)';

/** Streams of sensor readings that are watched as they are captured, and anomalies and labels of streams beside those of series. */
export class WatchReadings1764000320000 implements MigrationInterface {
  public readonly name = 'WatchReadings1764000320000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(STREAMS);
    for (const [table, rule] of Object.entries(readingRules)) await runner.query(guarded(table, rule));
    await runner.query(ANOMALIES);
    await runner.query(`
      CREATE POLICY seen_of_stream ON anomaly FOR SELECT TO ${ROLES} USING (${STREAM_SHOWN});
      CREATE POLICY seen_of_stream ON anomaly_label FOR SELECT TO ${ROLES} USING (${STREAM_SHOWN});
      CREATE POLICY written_of_stream ON anomaly_label TO tallyhouse_writer
        USING (${STREAM_SHOWN}) WITH CHECK (${STREAM_SHOWN});`);
    await runner.query(LABEL_COUNTS);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(firstText('anomaly_label_counts'));
    await runner.query(`
      DROP POLICY written_of_stream ON anomaly_label;
      DROP POLICY seen_of_stream ON anomaly_label;
      DROP POLICY seen_of_stream ON anomaly;
      DELETE FROM anomaly_label WHERE stream_id IS NOT NULL;
      DELETE FROM anomaly WHERE stream_id IS NOT NULL;
      ALTER TABLE anomaly_label DROP CONSTRAINT anomaly_label_said, DROP COLUMN stream_id,
        ALTER COLUMN series_id SET NOT NULL, ADD PRIMARY KEY (series_id, period_start, actor);
      ALTER TABLE anomaly DROP COLUMN stream_id, DROP COLUMN event_id, DROP COLUMN novelty,
        ALTER COLUMN series_id SET NOT NULL, ALTER COLUMN p_value SET NOT NULL, ALTER COLUMN q_value SET NOT NULL;
      DROP TABLE reading_state, reading_place, reading_stream;`);
  }
}

const STREAMS = `
  CREATE TABLE reading_stream (
    id text PRIMARY KEY,
    partner text NOT NULL,
    source text NOT NULL,
    source_is_device boolean NOT NULL,
    kind text NOT NULL,
    component text NOT NULL,
    substance text NOT NULL,
    uom text NOT NULL,
    readings bigint NOT NULL,
    late bigint NOT NULL,
    last_time timestamptz NOT NULL
  );
  COMMENT ON TABLE reading_stream IS 'Numbers that go on from each other: one quantity of one sensor, or of one place.';
  COMMENT ON COLUMN reading_stream.late IS 'Readings that came after a later one was taken; they are not judged.';
  CREATE TABLE reading_state (
    stream_id text PRIMARY KEY REFERENCES reading_stream ON DELETE CASCADE,
    state bytea NOT NULL,
    events uuid[] NOT NULL
  );
  COMMENT ON TABLE reading_state IS 'What the worker knows of a stream between two looks; nobody else reads it.';
  CREATE TABLE reading_place (
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    position bigint NOT NULL,
    event_time timestamptz NOT NULL,
    event_id uuid NOT NULL
  );
  COMMENT ON TABLE reading_place IS 'Up to where in the feed of captures readings were taken.';
  INSERT INTO reading_place (position, event_time, event_id)
    VALUES (0, 'infinity', 'ffffffff-ffff-ffff-ffff-ffffffffffff');`;

const ANOMALIES = `
  ALTER TABLE anomaly ADD COLUMN stream_id text REFERENCES reading_stream ON DELETE CASCADE, ADD COLUMN event_id uuid,
    ADD COLUMN novelty double precision CHECK (novelty >= 0),
    ALTER COLUMN series_id DROP NOT NULL, ALTER COLUMN p_value DROP NOT NULL, ALTER COLUMN q_value DROP NOT NULL,
    ADD CHECK (CASE WHEN stream_id IS NULL THEN num_nulls(series_id, p_value, q_value) = 0
      ELSE series_id IS NULL AND num_nulls(event_id, novelty) = 0 END);
  COMMENT ON COLUMN anomaly.event_id IS 'The event with the reading, where the anomaly is of a stream.';
  CREATE UNIQUE INDEX anomaly_current_of_stream ON anomaly (stream_id, period_start) WHERE to_block IS NULL;
  CREATE INDEX anomaly_event ON anomaly (event_id) WHERE event_id IS NOT NULL;
  ALTER TABLE anomaly_label DROP CONSTRAINT anomaly_label_pkey, ALTER COLUMN series_id DROP NOT NULL,
    ADD COLUMN stream_id text REFERENCES reading_stream ON DELETE CASCADE,
    ADD CHECK (num_nulls(series_id, stream_id) = 1),
    ADD CONSTRAINT anomaly_label_said UNIQUE NULLS NOT DISTINCT (period_start, series_id, stream_id, actor);`;

/** The level is a rate of false discoveries among periods of series: what people say of streams tells nothing of it. */
const LABEL_COUNTS = `
  CREATE OR REPLACE FUNCTION anomaly_label_counts() RETURNS TABLE (is_real integer, not_real integer) ${AS_OWNER} LANGUAGE sql AS $$
    SELECT (count(*) FILTER (WHERE verdict = 'REAL'))::integer, (count(*) FILTER (WHERE verdict = 'NOT_REAL'))::integer
    FROM anomaly_label WHERE series_id IS NOT NULL $$`;

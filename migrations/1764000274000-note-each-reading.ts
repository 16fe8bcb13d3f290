import type { MigrationInterface, QueryRunner } from 'typeorm';
import { firstText } from './viewer-functions.js';

/** Captures and batches that a grant of an item, a product, a place or all events opened are noted as its events are. */
export class NoteEachReading1764000274000 implements MigrationInterface {
  public readonly name = 'NoteEachReading1764000274000';

  public async up(runner: QueryRunner): Promise<void> {
    await runner.query(NOTE_READS);
  }

  public async down(runner: QueryRunner): Promise<void> {
    await runner.query(firstText('note_reads'));
  }
}

const UUID = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';

/**
 * One row a grant: how many rows of an answer name what it opened. `named` are ids of events and captures and addresses of
 * partners, and '' for a row that names nothing. Of what a row names the closest counts: the event, or else the capture, or
 * else the owner, as a batch does; by which of its grants of whole events the latter was opened is not told, so each of them
 * is noted. A row that does not tell whose it is, such as a sum or a forecast, is a figure that all granted rows may have
 * gone into.
 */
const NOTE_READS = `
  CREATE OR REPLACE FUNCTION note_reads(operation text, row_numbers integer[], named text[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH mention AS (SELECT DISTINCT n, name, CASE WHEN name ~ '${UUID}' THEN name::uuid END AS id
      FROM unnest(row_numbers, named) AS m (n, name)),
    held AS MATERIALIZED (SELECT * FROM grants_in_force() WHERE owner <> ALL (viewer_partners())),
    whole AS MATERIALIZED (SELECT grant_id, event_id, capture_job FROM granted_events(false)),
    opening (grant_id, name, distance) AS (
      SELECT grant_id, event_id::text, 0 FROM whole
      UNION ALL SELECT grant_id, event_id::text, 0 FROM granted_events(true)
      UNION SELECT grant_id, capture_job::text, 1 FROM whole
      UNION ALL SELECT id, owner, 2 FROM held WHERE fields IS NULL),
    found AS (
      SELECT held.id, held.kind, mention.n, opening.distance,
        min(opening.distance) OVER (PARTITION BY held.owner, mention.n) AS closest
      FROM mention JOIN opening ON opening.name = mention.name JOIN held ON held.id = opening.grant_id),
    known AS (
      SELECT mention.n, e.partner, true AS is_event FROM mention JOIN epcis_event e ON e.id = mention.id
      UNION ALL
      SELECT mention.n, j.partner, false FROM mention JOIN capture_job j ON j.id = mention.id),
    opened AS (
      SELECT id, n FROM found WHERE distance = closest OR kind = 'EVERYTHING'
      UNION
      SELECT held.id, known.n FROM held JOIN known ON known.partner = held.owner AND known.is_event
        WHERE held.kind = 'EVERYTHING'),
    told AS (SELECT n FROM known UNION SELECT n FROM mention WHERE name LIKE '0x%'),
    figures AS (SELECT cardinality(row_numbers) = 0
      OR EXISTS (SELECT FROM mention WHERE n NOT IN (SELECT n FROM told)) AS are_there)
    INSERT INTO data_read (grant_id, owner, reader, operation, row_count)
    SELECT held.id, held.owner, (viewer_addresses())[1], left(operation, 200), count(DISTINCT opened.n)
    FROM held LEFT JOIN opened ON opened.id = held.id
    WHERE opened.n IS NOT NULL OR (held.fields IS NULL AND (SELECT are_there FROM figures))
    GROUP BY held.id, held.owner $$`;

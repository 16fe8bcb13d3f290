import type { MigrationInterface, QueryRunner } from 'typeorm';
import { accessRules } from './access-rules.js';
import { NoteEachReading1764000274000 } from './1764000274000-note-each-reading.js';
import { AS_OWNER } from './viewer-functions.js';

/**
 * What a grant of all events or of a place covers is judged row by row, and what a reader was told is looked up by what was told:
 * neither makes a list of all that was granted any more.
 */
export class JudgeWideGrantsByRow1764000311000 implements MigrationInterface {
  public readonly name = 'JudgeWideGrantsByRow1764000311000';

  public async up(runner: QueryRunner): Promise<void> {
    for (const definition of FUNCTIONS) await runner.query(definition);
    await runner.query(NOTE_READS);
    for (const [table, covered] of Object.entries(COVERED)) {
      const before = accessRules[table]!.see;
      const after = before.replace(LISTED, ` OR ((SELECT has_grants()) AND (${covered}))`);
      if (after === before) throw new Error(`access rules: ${table} has no grants in its rule`);
      await runner.query(`ALTER POLICY seen ON ${table} USING (${after})`);
    }
  }

  public async down(runner: QueryRunner): Promise<void> {
    for (const table of Object.keys(COVERED))
      await runner.query(`ALTER POLICY seen ON ${table} USING (${accessRules[table]!.see})`);
    await new NoteEachReading1764000274000().up(runner);
    await runner.query(`
      DROP FUNCTION granted_jobs(uuid[]), granted_among(uuid[]), narrow_events(), has_places(), wide_grants()`);
  }
}

const LISTED =
  / OR \(\(SELECT has_grants\(\)\) AND \w+ IN \(SELECT event_id FROM granted_events\(false\)\)\)/;
const TIMES = (time: string): string =>
  `${time} >= coalesce(g.event_from, '-infinity') AND ${time} < coalesce(g.event_to, 'infinity')`;
const ALL_EVENTS = (table: string): string => `EXISTS (SELECT FROM wide_grants() g
  WHERE g.kind = 'EVENTS' AND g.owner = ${table}.partner AND ${TIMES(`${table}.event_time`)})`;
const ofPart = (table: string): string => `${ALL_EVENTS(table)}
  OR event_id IN (SELECT event_id FROM narrow_events())
  OR ((SELECT has_places()) AND EXISTS (SELECT FROM epcis_event parent
    WHERE parent.event_time = ${table}.event_time AND parent.id = ${table}.event_id))`;

/** What a viewer with grants sees of another's: by the row itself where that tells, by a list where the grant is narrow. */
const COVERED: Readonly<Record<string, string>> = {
  epcis_event: `EXISTS (SELECT FROM wide_grants() g WHERE g.owner = epcis_event.partner AND ${TIMES('epcis_event.event_time')}
      AND (g.kind = 'EVENTS' OR g.resource IN (epcis_event.biz_location, epcis_event.read_point)))
    OR id IN (SELECT event_id FROM narrow_events())`,
  event_item: ofPart('event_item'),
  event_biz_tx: ofPart('event_biz_tx'),
  event_source_dest: ofPart('event_source_dest'),
};

const FUNCTIONS: readonly string[] = [
  `CREATE FUNCTION wide_grants() RETURNS SETOF data_grant ${AS_OWNER} LANGUAGE plpgsql ROWS 5 AS $$
    BEGIN
      RETURN QUERY SELECT d.* FROM grants_in_force() d WHERE d.kind IN ('EVENTS', 'SITE') AND d.fields IS NULL;
    END $$`,

  `CREATE FUNCTION has_places() RETURNS boolean ${AS_OWNER} LANGUAGE plpgsql AS $$
    BEGIN RETURN EXISTS (SELECT FROM wide_grants() WHERE kind = 'SITE'); END $$`,

  // What lots, items and products are named in stands in another table, so these are found there, once a statement.
  `CREATE FUNCTION narrow_events() RETURNS TABLE (event_id uuid) ${AS_OWNER} LANGUAGE plpgsql ROWS 100 AS $$
    #variable_conflict use_column
    DECLARE
      g data_grant;
    BEGIN
      FOR g IN SELECT d.* FROM grants_in_force() d WHERE d.kind IN ('ITEM', 'PRODUCT') AND d.fields IS NULL LOOP
        IF g.kind = 'ITEM' THEN
          RETURN QUERY SELECT i.event_id FROM event_item i
            WHERE i.uri = g.resource AND i.partner = g.owner AND ${TIMES('i.event_time')};
        ELSE
          RETURN QUERY SELECT i.event_id FROM event_item i
            WHERE i.product = g.resource AND i.partner = g.owner AND ${TIMES('i.event_time')};
        END IF;
      END LOOP;
    END $$`,

  // Which of these events which grants cover, whole or in part.
  `CREATE FUNCTION granted_among(ids uuid[]) RETURNS TABLE (grant_id uuid, event_id uuid)
    ${AS_OWNER} LANGUAGE plpgsql ROWS 100 AS $$
    #variable_conflict use_column
    BEGIN
      RETURN QUERY SELECT g.id, e.id FROM epcis_event e JOIN grants_in_force() g ON g.owner = e.partner
        WHERE e.id = ANY (ids) AND ${TIMES('e.event_time')} AND CASE g.kind
          WHEN 'EVENTS' THEN true
          WHEN 'SITE' THEN g.resource IN (e.biz_location, e.read_point)
          WHEN 'ITEM' THEN EXISTS (SELECT FROM event_item i
            WHERE i.event_time = e.event_time AND i.event_id = e.id AND i.uri = g.resource)
          WHEN 'PRODUCT' THEN EXISTS (SELECT FROM event_item i
            WHERE i.event_time = e.event_time AND i.event_id = e.id AND i.product = g.resource)
          ELSE false END;
    END $$`,

  // Captures are asked for by themselves seldom: then what they hold is looked up in all that was granted.
  `CREATE FUNCTION granted_jobs(jobs uuid[]) RETURNS TABLE (grant_id uuid, capture_job uuid)
    ${AS_OWNER} LANGUAGE plpgsql ROWS 10 AS $$
    #variable_conflict use_column
    BEGIN
      IF cardinality(jobs) = 0 THEN RETURN; END IF;
      RETURN QUERY SELECT DISTINCT e.grant_id, e.capture_job FROM granted_events(false) e WHERE e.capture_job = ANY (jobs);
    END $$`,
];

const UUID = '^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$';

/**
 * One row a grant: how many rows of an answer name what it opened, as before. A capture counts only for a row that names no granted
 * event of the same owner, so it is looked up for such rows alone.
 */
const NOTE_READS = `
  CREATE OR REPLACE FUNCTION note_reads(operation text, row_numbers integer[], named text[]) RETURNS void
    LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH mention AS MATERIALIZED (SELECT DISTINCT n, name, CASE WHEN name ~ '${UUID}' THEN name::uuid END AS id
      FROM unnest(row_numbers, named) AS m (n, name)),
    held AS MATERIALIZED (SELECT * FROM grants_in_force() WHERE owner <> ALL (viewer_partners())),
    event_opening AS MATERIALIZED (
      SELECT grant_id, event_id FROM granted_among(ARRAY(SELECT DISTINCT id FROM mention WHERE id IS NOT NULL))),
    told_event AS MATERIALIZED (
      SELECT DISTINCT mention.n, held.owner FROM mention JOIN event_opening ON event_opening.event_id = mention.id
        JOIN held ON held.id = event_opening.grant_id),
    asked_job AS MATERIALIZED (
      SELECT DISTINCT j.id FROM mention JOIN capture_job j ON j.id = mention.id
      WHERE NOT EXISTS (SELECT FROM told_event WHERE told_event.n = mention.n AND told_event.owner = j.partner)),
    opening (grant_id, name, distance) AS (
      SELECT grant_id, event_id::text, 0 FROM event_opening
      UNION ALL SELECT grant_id, capture_job::text, 1 FROM granted_jobs(ARRAY(SELECT id FROM asked_job))
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

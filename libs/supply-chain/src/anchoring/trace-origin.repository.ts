import { isTracing, MAX_ORIGINS } from '@tallyhouse/telemetry';
import type { EntityManager } from 'typeorm';

type Queries = Pick<EntityManager, 'query'>;

/** An event by its key; a time that is text keeps its microseconds. */
interface EventKey {
  readonly eventId: string;
  readonly eventTime: Date | string;
}

// Whoever takes work asks these after it knows what it took: what arrives between the two belongs to the next one, and an
// answer from before would miss it. Each asks nothing while tracing is off, and gives the oldest place of each trace.

/**
 * Where the captures of some events were traced.
 *
 * @param withinHours age of the captures that count; all of them, when left out
 */
export function originsOfEvents(
  manager: Queries,
  events: readonly EventKey[],
  withinHours?: number,
): Promise<string[]> {
  return read(
    manager,
    `SELECT j.traceparent, j.seq AS place FROM capture_job j
     WHERE j.traceparent IS NOT NULL AND ($3::int IS NULL OR j.created_at > now() - make_interval(hours => $3))
       AND j.id IN (
         SELECT e.capture_job FROM epcis_event e
         JOIN unnest($1::uuid[], $2::timestamptz[]) AS taken (id, event_time) USING (event_time, id))`,
    [events.map(({ eventId }) => eventId), events.map(({ eventTime }) => eventTime), withinHours ?? null],
  );
}

/** Batches that came on chain after the series were last made. */
export function originsOfSeries(manager: Queries): Promise<string[]> {
  return read(
    manager,
    `SELECT b.traceparent, b.id AS place FROM trace_anchored t
     JOIN anchor_batch b ON b.partner = t.partner AND b.root = t.root AND b.traceparent IS NOT NULL
     LEFT JOIN derivation d ON d.name = 'series' AND d.key = '' AND d.chain_id = t.chain_id
     WHERE t.block_number > coalesce(d.block_number, -1)`,
    [],
  );
}

/** Batches of the last ten minutes that came on chain after a version's last run, in force or in shadow. */
export function originsOfRun(manager: Queries, versionId: string, isShadow: boolean): Promise<string[]> {
  return read(
    manager,
    `SELECT b.traceparent, b.id AS place FROM trace_anchored t
     JOIN anchor_batch b ON b.partner = t.partner AND b.root = t.root AND b.traceparent IS NOT NULL
     WHERE b.sealed_at > now() - interval '10 minutes'
       AND t.block_number > (SELECT coalesce(max(r.as_of_block), -1) FROM forecast_run r
         WHERE r.version_id = $1 AND r.is_shadow = $2 AND r.withdrawn_at IS NULL)`,
    [versionId, isShadow],
  );
}

/** Of each trace the first place. A trace has 32 hex digits after the version's two and a hyphen. */
async function read(manager: Queries, places: string, parameters: unknown[]): Promise<string[]> {
  if (!isTracing()) return [];
  const rows: { traceparent: string }[] = await manager.query(
    `SELECT traceparent FROM (
       SELECT DISTINCT ON (substr(traceparent, 4, 32)) traceparent, place FROM (${places}) AS origin
       ORDER BY substr(traceparent, 4, 32), place) AS first_of_trace
     ORDER BY place LIMIT ${MAX_ORIGINS}`,
    parameters,
  );
  return rows.map(({ traceparent }) => traceparent);
}

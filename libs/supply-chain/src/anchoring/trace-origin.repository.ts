import { MAX_ORIGINS } from '@tallyhouse/telemetry';
import type { EntityManager } from 'typeorm';
import type { WaitingEvent } from './batch.js';

/** Where the captures of some events were traced, oldest first; at most 32. */
export async function originsOfEvents(
  manager: Pick<EntityManager, 'query'>,
  events: readonly Pick<WaitingEvent, 'eventId' | 'eventTime'>[],
): Promise<string[]> {
  const rows: { traceparent: string }[] = await manager.query(
    `SELECT j.traceparent FROM capture_job j
     WHERE j.traceparent IS NOT NULL AND j.id IN (
       SELECT e.capture_job FROM epcis_event e
       JOIN unnest($1::uuid[], $2::timestamptz[]) AS taken (id, event_time) USING (event_time, id))
     ORDER BY j.seq LIMIT ${MAX_ORIGINS}`,
    [events.map(({ eventId }) => eventId), events.map(({ eventTime }) => eventTime)],
  );
  return rows.map(({ traceparent }) => traceparent);
}

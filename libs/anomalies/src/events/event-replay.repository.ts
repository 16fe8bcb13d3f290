import type { EventParameters } from '../parameters/parameter-set.js';
import { EVENT_COLUMNS, EVENT_JOINS, eventOf, type EventRow } from './event-feed.repository.js';
import { eventSeedOf } from './event-stream.repository.js';
import { EventWatch } from './event-watch.js';

interface Queryable {
  query<Rows>(sql: string, parameters?: unknown[]): Promise<Rows>;
}

interface ReplayRow extends EventRow {
  readonly position: string;
  readonly eventTime: string;
}

const EVENTS_A_PAGE = 2_000;
const BEFORE_ALL = ['0', '-infinity', '00000000-0000-0000-0000-000000000000'];

/**
 * Judges every event of a stream again, from the first one on, by each of the given parameters.
 *
 * @returns the false discovery rate at which each event that stands out would just be told of, by its id; a map for each of the parameters
 */
export async function replayEventStream(
  queryable: Queryable,
  streamId: string,
  parameters: readonly EventParameters[],
): Promise<Map<string, number>[]> {
  const watches = parameters.map((one) => EventWatch.of(eventSeedOf(streamId), null, one));
  const told = watches.map(() => new Map<string, number>());
  let rows: ReplayRow[];
  let after = BEFORE_ALL;
  do {
    rows = await queryable.query<ReplayRow[]>(PAGE, [streamId, ...after]);
    const events = rows.map(eventOf);
    for (const [at, watch] of watches.entries())
      for (const { event, qValue } of watch.take(events)) told[at]!.set(event.id, qValue);
    const { position, eventTime, eventId } = rows.at(-1) ?? { position: '', eventTime: '', eventId: '' };
    after = [position, eventTime, eventId];
  } while (rows.length === EVENTS_A_PAGE);
  return told;
}

/** In the order in which the feed was read. */
const PAGE = `
  WITH page AS MATERIALIZED (
    SELECT j.feed_position, e.id, e.event_time
    FROM event_stream v JOIN epcis_event e ON e.partner = v.partner AND COALESCE(e.biz_step, '') = v.biz_step
      JOIN capture_job j ON j.id = e.capture_job AND j.created_at = e.record_time
    WHERE v.id = $1 AND e.body -> 'errorDeclaration' IS NULL
      AND (j.feed_position, e.event_time, e.id) > ($2::bigint, $3::timestamptz, $4::uuid)
    ORDER BY j.feed_position, e.event_time, e.id LIMIT ${EVENTS_A_PAGE}
  )
  SELECT l.feed_position::text AS position, l.event_time::text AS "eventTime", l.id AS "eventId", ${EVENT_COLUMNS}
  FROM page l JOIN epcis_event e ON e.event_time = l.event_time AND e.id = l.id ${EVENT_JOINS}
  ORDER BY l.feed_position, l.event_time, l.id`;

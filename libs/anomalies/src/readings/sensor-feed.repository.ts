import type { EntityManager } from 'typeorm';
import type { SensorEvent } from './sensor-readings.js';

const JOBS_A_PAGE = 50;
/** Events that are looked at in a page, whether they report readings or not. */
const EVENTS_A_PAGE = 2_000;

/** Events with sensor reports, and what declares earlier events wrong. */
export interface SensorPage {
  readonly events: readonly SensorEvent[];
  /** Events by which earlier ones are declared wrong. */
  readonly declarations: readonly string[];
  /** Nothing up to the last capture is left. */
  readonly isEnd: boolean;
}

/** A place in the feed of captures: a capture's number, and the last event of it that was read. */
interface Place {
  readonly position: string;
  /** As Postgres writes it, to the microsecond; `infinity` behind every event of the capture. */
  readonly eventTime: string;
  readonly eventId: string;
}

interface LookedAt extends Place {
  readonly partner: string;
  readonly timeMs: number;
  readonly place: string | null;
  readonly sensors: unknown;
  readonly declares: boolean;
}

const LAST_EVENT = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/**
 * The next captured events behind the kept place, at most 2,000 of at most 50 captures; the place is moved behind them. Captures come in
 * the order in which they ended, the events of one in that of their times, so that a day of readings sent at once is read as it was
 * taken.
 *
 * @param until number of the last capture that is looked at
 */
export async function nextSensorEvents(manager: EntityManager, until: string): Promise<SensorPage> {
  const [from] = await manager.query<Place[]>(PLACE);
  if (!from) throw new Error('reading_place: has no row; run the migrations again');
  const jobs = await manager.query<{ id: string; position: string }[]>(JOBS, [
    from.position,
    from.eventTime === 'infinity',
    until,
  ]);
  if (jobs.length === 0) return { events: [], declarations: [], isEnd: true };
  const rows = await manager.query<LookedAt[]>(LOOKED_AT, [
    jobs.map(({ id }) => id),
    from.position,
    from.eventTime,
    from.eventId,
  ]);
  const isFull = rows.length === EVENTS_A_PAGE;
  const end = isFull
    ? rows.at(-1)!
    : { position: jobs.at(-1)!.position, eventTime: 'infinity', eventId: LAST_EVENT };
  await manager.query('UPDATE reading_place SET position = $1, event_time = $2, event_id = $3', [
    end.position,
    end.eventTime,
    end.eventId,
  ]);
  return {
    events: rows.filter(({ sensors, declares }) => sensors !== null && !declares).map(eventOf),
    declarations: rows.filter(({ declares }) => declares).map(({ eventId }) => eventId),
    isEnd: !isFull && jobs.length < JOBS_A_PAGE,
  };
}

function eventOf({ eventId, partner, timeMs, place, sensors }: LookedAt): SensorEvent {
  return { id: eventId, partner, timeMs, place, sensors };
}

const PLACE = `
  SELECT position::text, event_time::text AS "eventTime", event_id AS "eventId" FROM reading_place FOR UPDATE`;

const JOBS = `
  SELECT id, feed_position::text AS position FROM capture_job
  WHERE feed_position >= $1::bigint AND feed_position <= $3::bigint AND (feed_position > $1::bigint OR NOT $2::boolean)
  ORDER BY feed_position LIMIT ${JOBS_A_PAGE}`;

/** Ids first, bodies of those alone that are looked at. */
const LOOKED_AT = `
  WITH looked AS MATERIALIZED (
    SELECT j.feed_position, e.id, e.event_time
    FROM capture_job j CROSS JOIN LATERAL (
      SELECT e.id, e.event_time FROM epcis_event e WHERE e.record_time = j.created_at AND e.capture_job = j.id
        AND (j.feed_position > $2::bigint OR (e.event_time, e.id) > ($3::timestamptz, $4::uuid))
      ORDER BY e.event_time, e.id LIMIT ${EVENTS_A_PAGE}) e
    WHERE j.id = ANY($1::uuid[])
    ORDER BY j.feed_position, e.event_time, e.id LIMIT ${EVENTS_A_PAGE}
  )
  SELECT l.feed_position::text AS position, l.event_time::text AS "eventTime", l.id AS "eventId", e.partner,
    (extract(epoch FROM l.event_time) * 1000)::float8 AS "timeMs", COALESCE(e.read_point, e.biz_location) AS place,
    e.body -> 'sensorElementList' AS sensors, e.body -> 'errorDeclaration' IS NOT NULL AS declares
  FROM looked l JOIN epcis_event e ON e.event_time = l.event_time AND e.id = l.id
  ORDER BY l.feed_position, l.event_time, l.id`;

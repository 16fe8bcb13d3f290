import type { EntityManager } from 'typeorm';

const JOBS_A_PAGE = 50;
/** Events that are looked at in a page, whatever they say. */
const EVENTS_A_PAGE = 2_000;

/** Who reads the feed, and what. */
export interface CaptureFeed {
  /** The table with the one row that says up to where was read. */
  readonly place: 'reading_place' | 'event_place';
  /** SQL of what is read of an event `e`, as columns. */
  readonly columns: string;
  /** SQL of what is joined to it. */
  readonly joins?: string;
}

/** A page of the feed. */
export interface CapturePage<Row> {
  readonly events: readonly Row[];
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
export async function nextCaptured<Row>(
  manager: EntityManager,
  feed: CaptureFeed,
  until: string,
): Promise<CapturePage<Row & { eventId: string }>> {
  const [from] = await manager.query<Place[]>(
    `SELECT position::text, event_time::text AS "eventTime", event_id AS "eventId" FROM ${feed.place} FOR UPDATE`,
  );
  if (!from) throw new Error(`${feed.place}: has no row; run the migrations again`);
  const jobs = await manager.query<{ id: string; position: string }[]>(JOBS, [
    from.position,
    from.eventTime === 'infinity',
    until,
  ]);
  if (jobs.length === 0) return { events: [], declarations: [], isEnd: true };
  const rows = await manager.query<(LookedAt & Row)[]>(lookedAt(feed), [
    jobs.map(({ id }) => id),
    from.position,
    from.eventTime,
    from.eventId,
  ]);
  const isFull = rows.length === EVENTS_A_PAGE;
  const end = isFull
    ? rows.at(-1)!
    : { position: jobs.at(-1)!.position, eventTime: 'infinity', eventId: LAST_EVENT };
  await manager.query(`UPDATE ${feed.place} SET position = $1, event_time = $2, event_id = $3`, [
    end.position,
    end.eventTime,
    end.eventId,
  ]);
  return {
    events: rows.filter(({ declares }) => !declares),
    declarations: rows.filter(({ declares }) => declares).map(({ eventId }) => eventId),
    isEnd: !isFull && jobs.length < JOBS_A_PAGE,
  };
}

const JOBS = `
  SELECT id, feed_position::text AS position FROM capture_job
  WHERE feed_position >= $1::bigint AND feed_position <= $3::bigint AND (feed_position > $1::bigint OR NOT $2::boolean)
  ORDER BY feed_position LIMIT ${JOBS_A_PAGE}`;

/** Ids first, bodies of those alone that are looked at. */
const lookedAt = ({ columns, joins = '' }: CaptureFeed): string => `
  WITH looked AS MATERIALIZED (
    SELECT j.feed_position, e.id, e.event_time
    FROM capture_job j CROSS JOIN LATERAL (
      SELECT e.id, e.event_time FROM epcis_event e WHERE e.record_time = j.created_at AND e.capture_job = j.id
        AND (j.feed_position > $2::bigint OR (e.event_time, e.id) > ($3::timestamptz, $4::uuid))
      ORDER BY e.event_time, e.id LIMIT ${EVENTS_A_PAGE}) e
    WHERE j.id = ANY($1::uuid[])
    ORDER BY j.feed_position, e.event_time, e.id LIMIT ${EVENTS_A_PAGE}
  )
  SELECT l.feed_position::text AS position, l.event_time::text AS "eventTime", l.id AS "eventId",
    e.body -> 'errorDeclaration' IS NOT NULL AS declares, ${columns}
  FROM looked l JOIN epcis_event e ON e.event_time = l.event_time AND e.id = l.id ${joins}
  ORDER BY l.feed_position, l.event_time, l.id`;

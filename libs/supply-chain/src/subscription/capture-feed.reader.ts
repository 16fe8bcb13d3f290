import type { DataSource, EntityManager } from 'typeorm';
import type { EventQuery } from '../query/criterion.js';
import { QUERIED_COLUMNS, type QueriedEvent } from '../query/event-query.reader.js';
import { timed } from '../query/timed.repository.js';
import { conditionOf } from '../query/where.sql.js';
import { LAST_EVENT, type FeedCursor } from './capture-feed.repository.js';

const JOBS_A_PAGE = 50;
const EVENTS_LOOKED_AT = 1_000;
const EVENTS_A_PAGE = 100;
const BYTES_A_PAGE = 1024 * 1024;

/** What of the feed is wanted. */
export interface FeedQuestion {
  readonly query: EventQuery;
  readonly after: FeedCursor;
  /** Number of the last capture that is looked at. */
  readonly until: string;
  /** Null: all. Captures after the start may have begun before it; they are new nevertheless. */
  readonly since: FeedStart | null;
}

/** Events of captures up to that number count only if they were recorded from that time on. */
export interface FeedStart {
  readonly time: Date;
  readonly position: string;
}

/** Matching events and where to go on. */
export interface FeedPage {
  readonly events: readonly QueriedEvent[];
  readonly cursor: FeedCursor;
  /** Nothing up to `until` is left. */
  readonly isEnd: boolean;
}

type Matching = QueriedEvent & { position: string; seq: string; found: number };

/**
 * The next events of the feed that meet a query: at most 100 and about 1 MiB, of at most 1,000 that were looked at, so that a
 * call takes a bounded time however few match. Captures come in their order; the events of one in that of their document,
 * as far as one page has them.
 *
 * @throws EventQueryError QUERY_TOO_COMPLEX
 */
export async function readFeed(dataSource: DataSource, question: FeedQuestion): Promise<FeedPage> {
  return timed(dataSource, async (manager) => {
    const end = await lookedAt(manager, question);
    if (!end) return { events: [], cursor: { position: question.until, eventId: LAST_EVENT }, isEnd: true };
    const rows = await matching(manager, question);
    const last = rows.at(-1);
    const isCut = last !== undefined && rows[0]!.found > rows.length;
    return {
      events: rows.toSorted(byDocument),
      cursor: isCut ? { position: last.position, eventId: last.id } : end.cursor,
      isEnd: !isCut && end.cursor.position === question.until && end.cursor.eventId === LAST_EVENT,
    };
  });
}

/** Where looking at the next events ends; undefined when there are none. */
async function lookedAt(
  manager: EntityManager,
  question: FeedQuestion,
): Promise<{ cursor: FeedCursor } | undefined> {
  const [row] = await manager.query<
    [{ jobs: number; lastJob: string | null; events: number; position: string; id: string }]
  >(
    `${LOOKED_AT}
     SELECT (SELECT count(*)::integer FROM jobs) AS jobs, (SELECT max(feed_position)::text FROM jobs) AS "lastJob",
       (SELECT count(*)::integer FROM looked) AS events, last.position::text AS position, last.id
     FROM (VALUES (1)) one LEFT JOIN
       (SELECT position, id FROM looked ORDER BY position DESC, id DESC LIMIT 1) last ON true`,
    startOf(question),
  );
  if (row.lastJob === null) return undefined;
  if (row.events === EVENTS_LOOKED_AT) return { cursor: { position: row.position, eventId: row.id } };
  const position = row.jobs < JOBS_A_PAGE ? question.until : row.lastJob;
  return { cursor: { position, eventId: LAST_EVENT } };
}

async function matching(manager: EntityManager, question: FeedQuestion): Promise<Matching[]> {
  const values: unknown[] = startOf(question);
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions = question.query.criteria.map((criterion) => conditionOf(criterion, bind));
  if (question.since) {
    const { time, position } = question.since;
    conditions.push(
      `(e.record_time >= ${bind(time)}::timestamptz OR looked.position > ${bind(position)}::bigint)`,
    );
  }
  return manager.query(
    `${LOOKED_AT}, found AS (
       SELECT ${QUERIED_COLUMNS}, looked.position::text AS position, e.seq, looked.position AS place
       FROM looked JOIN epcis_event e ON e.event_time = looked.event_time AND e.id = looked.id
       ${conditions.length > 0 ? `WHERE ${conditions.join('\n AND ')}` : ''}
       ORDER BY looked.position, e.id LIMIT ${EVENTS_A_PAGE + 1}
     )
     SELECT id, "recordTime", body, context, position, seq, found FROM (
       SELECT *, (count(*) OVER ())::integer AS found, row_number() OVER inorder AS number,
         sum(octet_length(body::text)) OVER inorder AS bytes
       FROM found WINDOW inorder AS (ORDER BY place, id)) numbered
     WHERE number <= ${EVENTS_A_PAGE} AND (number = 1 OR bytes <= ${BYTES_A_PAGE}) ORDER BY place, id`,
    values,
  );
}

function startOf({ after, until }: FeedQuestion): unknown[] {
  return [after.position, after.eventId, until];
}

const LOOKED_AT = `WITH jobs AS MATERIALIZED (
    SELECT id, created_at, feed_position FROM capture_job
    WHERE feed_position >= $1::bigint AND feed_position <= $3::bigint
      AND NOT (feed_position = $1::bigint AND $2::uuid = '${LAST_EVENT}')
    ORDER BY feed_position LIMIT ${JOBS_A_PAGE}
  ), looked AS MATERIALIZED (
    SELECT j.feed_position AS position, e.id, e.event_time FROM jobs j
    CROSS JOIN LATERAL (
      SELECT e.id, e.event_time FROM epcis_event e WHERE e.record_time = j.created_at AND e.capture_job = j.id
        AND (j.feed_position > $1::bigint OR e.id > $2::uuid)
      ORDER BY e.id LIMIT ${EVENTS_LOOKED_AT}) e
    ORDER BY j.feed_position, e.id LIMIT ${EVENTS_LOOKED_AT}
  )`;

function byDocument(one: Matching, other: Matching): number {
  const [a, b] = one.position === other.position ? [one.seq, other.seq] : [one.position, other.position];
  return Number(BigInt(a) - BigInt(b));
}

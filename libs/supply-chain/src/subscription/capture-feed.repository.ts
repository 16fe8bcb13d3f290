import type { DataSource, EntityManager } from 'typeorm';

const FEED_LOCK = 0x7a13;
const JOBS_A_CALL = 10_000;

/** A place in the feed: a capture's number, and the last event of it that was read. */
export interface FeedCursor {
  /** As text: a bigint. */
  readonly position: string;
  readonly eventId: string;
}

/** After every event of a capture. */
export const LAST_EVENT = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
/** Before everything. */
export const FEED_START: FeedCursor = { position: '0', eventId: LAST_EVENT };

/**
 * Numbers captures in the order in which they became visible. Neither their ids nor their times say that: a long document
 * that began first may end last, and who had read beyond it would never see it. One caller numbers at a time, so whoever sees
 * a number sees every lower one.
 *
 * @returns the highest number
 */
export async function numberCaptures(dataSource: DataSource): Promise<string> {
  return dataSource.transaction(numberCapturesIn);
}

/** The same in the caller's transaction, which should be short: others wait for its end. */
export async function numberCapturesIn(manager: EntityManager): Promise<string> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [FEED_LOCK]);
  // By a function of the database: who asks may not see every capture that has to be numbered.
  const [row] = await manager.query<[{ head: string }]>('SELECT number_captures($1)::text AS head', [
    JOBS_A_CALL,
  ]);
  return row.head;
}

/** Where a subscriber begins: the place in the feed, and which earlier events still count. */
export interface FeedStartPlace {
  readonly cursor: FeedCursor;
  readonly since: { readonly time: Date; readonly position: string } | null;
}

/** Higher than any capture's number. */
const NEVER = '9223372036854775807';

/**
 * The place where a subscription begins that is made now.
 *
 * @param from null: with what is captured from now on
 */
export async function startOfFeed(
  manager: EntityManager,
  from: Date | null,
  now: Date,
): Promise<FeedStartPlace> {
  const head = await numberCapturesIn(manager);
  if (from === null) return { cursor: { position: head, eventId: LAST_EVENT }, since: null };
  const [row] = await manager.query<[{ position: string }]>(
    `SELECT (coalesce(min(feed_position), $2::bigint + 1) - 1)::text AS position FROM capture_job
     WHERE feed_position IS NOT NULL AND created_at >= $1`,
    [from, head],
  );
  const cursor = { position: row.position, eventId: LAST_EVENT };
  return { cursor, since: { time: from, position: from > now ? NEVER : head } };
}

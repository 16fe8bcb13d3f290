import { Injectable } from '@nestjs/common';
import type { JsonValue } from '@tallyhouse/epcis';
import { DataSource, type EntityManager } from 'typeorm';
import { isUuid } from '../read/keyset.js';
import type { EventQuery } from './criterion.js';
import { narrowed } from './narrowed.repository.js';
import { orderingOf } from './ordering.sql.js';
import { pageToken, readPageToken, type PagePosition } from './page-token.js';
import { EventQueryError } from './query.errors.js';
import { timed } from './timed.repository.js';
import { conditionOf, EVENT_ID } from './where.sql.js';

/** An event as it was sent, and when it was recorded. */
export interface QueriedEvent {
  readonly id: string;
  readonly recordTime: Date;
  readonly body: object;
  /** `@context` of the document that it came in; null where it was not kept. */
  readonly context: JsonValue | null;
}

/** One page of the answer to a query. */
export interface QueriedPage {
  readonly events: readonly QueriedEvent[];
  /** For the page that follows; absent on the last. */
  readonly nextPageToken: string | undefined;
}

type Positioned = QueriedEvent & { readonly position: string };

/** Columns of a {@link QueriedEvent}, of `epcis_event e`. */
export const QUERIED_COLUMNS = `e.id, e.record_time AS "recordTime", e.body,
  (SELECT context FROM capture_job j WHERE j.id = e.capture_job) AS context`;
const HASH_ID = /^ni:\/\/\/sha-256;([0-9a-f]{64})\?ver=CBV2\.0$/;
const EVENTS_OF_AN_ID = 100;

/** Answers EPCIS queries. */
@Injectable()
export class EventQueryReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * A page of the events that meet the query.
   *
   * @param perPage at most so many events
   * @param token from the page before
   * @param timeoutMs bound on each statement, 10 s unless given
   * @throws EventQueryError PAGE_TOKEN_INVALID, QUERY_TOO_LARGE, QUERY_TOO_COMPLEX
   */
  public async page(
    query: EventQuery,
    perPage: number,
    token?: string,
    timeoutMs?: number,
  ): Promise<QueriedPage> {
    const after = token === undefined ? undefined : readPageToken(query, token);
    const left = (query.eventCountLimit ?? Number.MAX_SAFE_INTEGER) - (after?.served ?? 0);
    const size = Math.min(perPage, left);
    if (size < 1) return { events: [], nextPageToken: undefined };
    const rows = await timed(
      this.dataSource,
      async (manager) => {
        const narrow = await narrowed(manager, query);
        if (!after && query.maxEventCount !== undefined)
          await refuseMore(manager, narrow, query.maxEventCount);
        const { sql, values } = pageSql(narrow, after, size + 1);
        return (await manager.query(sql, values)) as Positioned[];
      },
      timeoutMs,
    );
    const kept = rows.slice(0, size);
    const last = kept.at(-1);
    const served = (after?.served ?? 0) + kept.length;
    const hasNext = rows.length > size && size < left;
    return {
      events: kept,
      nextPageToken:
        hasNext && last ? pageToken(query, { time: last.position, id: last.id, served }) : undefined,
    };
  }

  /**
   * The events of an id, oldest first: the eventID that the sender gave, the event hash as `ni` URI, or our own id. A
   * correction has the eventID of what it corrects, so there may be several; at most 100 are given.
   */
  public async byId(id: string): Promise<QueriedEvent[]> {
    const values: unknown[] = [id];
    const conditions = [`${EVENT_ID} = $1`];
    const hash = HASH_ID.exec(id)?.[1];
    if (hash) conditions.push(`e.event_hash = $${values.push(Buffer.from(hash, 'hex'))}`);
    if (isUuid(id)) conditions.push(`e.id = $${values.push(id)}`);
    return this.dataSource.query(
      `SELECT ${QUERIED_COLUMNS} FROM epcis_event e WHERE ${conditions.join(' OR ')}
       ORDER BY e.record_time, e.id LIMIT ${EVENTS_OF_AN_ID}`,
      values,
    );
  }
}

/** The statement of a page; exported for tests that look at its plan. */
export function pageSql(
  query: EventQuery,
  after: PagePosition | undefined,
  limit: number,
): { sql: string; values: unknown[] } {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions = query.criteria.map((criterion) => conditionOf(criterion, bind));
  const { joined, orderBy, position, following } = orderingOf(query, after, bind);
  const sql = `SELECT ${QUERIED_COLUMNS}, ${position} AS position FROM epcis_event e ${joined}
    ${whereClause([...conditions, ...following])} ORDER BY ${orderBy} LIMIT ${bind(limit)}`;
  return { sql, values };
}

async function refuseMore(manager: EntityManager, query: EventQuery, max: number): Promise<void> {
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  const conditions = query.criteria.map((criterion) => conditionOf(criterion, bind));
  const [row] = (await manager.query(
    `SELECT count(*)::integer AS count FROM
       (SELECT FROM epcis_event e ${whereClause(conditions)} LIMIT ${bind(max + 1)}) matching`,
    values,
  )) as { count: number }[];
  if (row!.count > max) {
    throw new EventQueryError(
      'QUERY_TOO_LARGE',
      `maxEventCount: more than ${max} events match`,
      'maxEventCount',
    );
  }
}

function whereClause(conditions: readonly string[]): string {
  return conditions.length > 0 ? `WHERE ${conditions.join('\n AND ')}` : '';
}

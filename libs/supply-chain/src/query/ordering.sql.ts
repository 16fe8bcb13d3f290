import { exactTime } from '../read/keyset.js';
import type { Bind } from './bind.js';
import type { EventQuery } from './criterion.js';
import type { PagePosition } from './page-token.js';

/** How a page of `epcis_event e` is ordered, and where it begins. */
export interface Ordering {
  /** Behind `FROM epcis_event e`. */
  readonly joined: string;
  readonly orderBy: string;
  /** The time of an event's position; its id is the rest. */
  readonly position: string;
  /** Conditions on what follows the position. */
  readonly following: readonly string[];
}

/** SQL for the order of a query; `after` is the last event of the page before. */
export function orderingOf(query: EventQuery, after: PagePosition | undefined, bind: Bind): Ordering {
  const { orderBy, direction } = query;
  if (typeof orderBy === 'object') return fieldOrdering(orderBy.path, direction, after, bind);
  const column = `e.${orderBy}`;
  return {
    joined: '',
    orderBy: `${column} ${direction}, e.id ${direction}`,
    position: exactTime(column),
    following: after
      ? [`(${column}, e.id) ${SIGN[direction]} (${bind(after.time)}::timestamptz, ${bind(after.id)}::uuid)`]
      : [],
  };
}

const SIGN = { ASC: '>', DESC: '<' } as const;
const KEYS = ['kind', 'number', 'time', 'text', 'id'] as const;
const TIME =
  '^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}([.][0-9]{1,6})?(Z|[+-][0-9]{2}:[0-9]{2})$';

/**
 * By what an event has in a field: numbers, then times, then other texts sign by sign; events without the field come last
 * in either direction. An event never changes, so the page after one begins behind what that event has there.
 */
function fieldOrdering(
  path: string,
  direction: EventQuery['direction'],
  after: PagePosition | undefined,
  bind: Bind,
): Ordering {
  const keys = keysOf(path, bind);
  const last = after
    ? ` CROSS JOIN (SELECT key.* FROM epcis_event l CROSS JOIN LATERAL (${keys('l')}) AS key
        WHERE l.event_time = ${bind(after.time)}::timestamptz AND l.id = ${bind(after.id)}::uuid) AS last`
    : '';
  const row = (of: string): string => `(${KEYS.map((key) => `${of}.${key}`).join(', ')})`;
  return {
    joined: `CROSS JOIN LATERAL (${keys('e')}) AS key${last}`,
    orderBy: ['key.missing', ...KEYS.map((key) => `key.${key} ${direction}`)].join(', '),
    position: exactTime('e.event_time'),
    following: after
      ? [
          `(key.missing > last.missing OR (key.missing = last.missing AND ${row('key')} ${SIGN[direction]} ${row('last')}))`,
        ]
      : [],
  };
}

/** The keys of an event by that of the table; where the field holds a list, its first value counts. */
function keysOf(path: string, bind: Bind): (event: string) => string {
  const value = bind(`${path}[*]`);
  const number = bind(`${path}[*].double()`);
  const time = bind(`${path}[*] ? (@ like_regex ${JSON.stringify(TIME)}).datetime()`);
  return (event) => `
    SELECT value IS NULL AS missing, CASE WHEN number IS NOT NULL THEN 0 WHEN time IS NOT NULL THEN 1 ELSE 2 END AS kind,
      coalesce(number, 0) AS number, coalesce(time, 'epoch') AS time, coalesce(value #>> '{}', '') COLLATE "C" AS text, id
    FROM (
      SELECT id, jsonb_path_query_first(body, ${value}::jsonpath) AS value,
        (jsonb_path_query_first(body, ${number}::jsonpath, '{}', true) #>> '{}')::float8 AS number,
        (jsonb_path_query_first_tz(body, ${time}::jsonpath, '{}', true) #>> '{}')::timestamptz AS time
      FROM (SELECT ${event}.id, ${event}.body::jsonb AS body OFFSET 0) AS event) AS read`;
}

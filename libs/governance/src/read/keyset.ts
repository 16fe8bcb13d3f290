import { decodeCursor, encodeCursor, InvalidCursorError, type Page } from '@tallyhouse/database';
import { GovernanceError } from '../governance.errors.js';

const MAX_PAGE = 200;

/** A stretch of a list: at most 200 rows after a cursor of the same list. */
export interface PageRequest {
  readonly first: number;
  readonly after?: string | null | undefined;
}

/** What a list is ordered by: expressions that together tell any two rows apart, all in one direction. */
export interface Order {
  readonly keys: readonly { readonly sql: string; readonly type: keyof typeof PARTS }[];
  readonly direction: 'ASC' | 'DESC';
}

/** What a part of a cursor may be, so that nothing else reaches a cast. */
const PARTS = { bigint: /^-?\d{1,18}$/, numeric: /^\d{1,78}$/, address: /^0x[0-9a-f]{40}$/ } as const;
const CASTS = { bigint: 'bigint', numeric: 'numeric', address: 'text' } as const;

/** A list before it is cut into pages. */
export interface Listing {
  /** Everything from SELECT's columns to FROM, without ordering: keys are expressions over its columns. */
  readonly rows: string;
  /** What `$1`, `$2` … of it stand for. */
  readonly values: readonly unknown[];
  readonly order: Order;
}

type Queries = (sql: string, values: unknown[]) => Promise<unknown[]>;

/**
 * Reads one page by keyset: its cost does not grow with its place in the list.
 *
 * @throws InvalidCursorError when `after` is no cursor of this list
 * @throws GovernanceError `PAGE_INVALID` when `first` is not within 1 and 200
 */
export async function readPage<Row, Item>(
  query: Queries,
  { rows, values, order }: Listing,
  { first, after }: PageRequest,
  toItem: (row: Row) => Item,
): Promise<Page<Item>> {
  const size = limit(first);
  const parts = after ? partsOf(after, order) : [];
  const sign = order.direction === 'ASC' ? '>' : '<';
  const places = parts.map((_, index) => {
    return `$${values.length + index + 1}::${CASTS[order.keys[index]!.type]}`;
  });
  const keys = order.keys.map(({ sql }) => sql);
  const beyond = parts.length === 0 ? '' : `WHERE (${keys.join(', ')}) ${sign} (${places.join(', ')})`;
  const found = (await query(
    `SELECT entry.*, ARRAY[${keys.map((key) => `(${key})::text`).join(', ')}] AS "cursorParts" FROM (${rows}) entry ${beyond}
     ORDER BY ${keys.map((key) => `${key} ${order.direction}`).join(', ')} LIMIT ${size + 1}`,
    [...values, ...parts],
  )) as (Row & { readonly cursorParts: readonly string[] })[];
  const kept = found.slice(0, size);
  return {
    rows: kept.map(toItem),
    cursors: kept.map(({ cursorParts }) => encodeCursor(cursorParts)),
    hasNext: found.length > size,
  };
}

/** Checks the size of a page. */
function limit(first: number): number {
  if (Number.isInteger(first) && first >= 1 && first <= MAX_PAGE) return first;
  throw new GovernanceError('PAGE_INVALID', `first: expected a whole number from 1 to ${MAX_PAGE}`);
}

function partsOf(after: string, { keys }: Order): string[] {
  return decodeCursor(after, keys.length).map((part, index) => {
    if (typeof part !== 'string' || !PARTS[keys[index]!.type].test(part)) throw new InvalidCursorError();
    return part;
  });
}

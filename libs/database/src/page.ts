import { encodeCursor, type CursorParts } from './cursor.js';

/** One page of a keyset-ordered list. */
export interface Page<Row> {
  readonly rows: readonly Row[];
  readonly cursors: readonly string[];
  readonly hasNext: boolean;
}

/**
 * Makes a page of rows that were read with `LIMIT first + 1`.
 *
 * @param positionOf the sort columns of a row, in the order of the list
 */
export function pageOf<Row>(
  rows: readonly Row[],
  first: number,
  positionOf: (row: Row) => CursorParts,
): Page<Row> {
  const kept = rows.slice(0, first);
  return {
    rows: kept,
    cursors: kept.map((row) => encodeCursor(positionOf(row))),
    hasNext: rows.length > first,
  };
}

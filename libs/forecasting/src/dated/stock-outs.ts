import { unreadable } from '../competition/panel-file.js';
import { leastWanted } from '../stock-outs/least-wanted.js';
import type { DatedCalendar } from './dated-file.js';
import {
  assertColumn,
  idOf,
  momentOf,
  type DatedColumns,
  type FileRow,
  type Observations,
} from './observations.js';
import { periodsBetween } from './spacing.js';

const YES: ReadonlySet<string> = new Set(['1', 'true', 'yes']);
const NO: ReadonlySet<string> = new Set(['', '0', 'false', 'no', 'na']);

/** Moments at which stock ran out, by series. */
function stockOutsOf(rows: readonly FileRow[], columns: DatedColumns, name: string): Map<string, number[]> {
  assertColumn(rows, name);
  const found = new Map<string, number[]>();
  rows.forEach((row, at) => {
    const word = row[name]!.trim().toLowerCase();
    if (NO.has(word)) return;
    if (!YES.has(word))
      throw unreadable(
        at + 2,
        name,
        `"${word.slice(0, 40)}" is neither 1, true or yes nor 0, false, no or empty`,
      );
    const id = idOf(row, columns, at + 2);
    const moments = found.get(id) ?? [];
    found.set(id, moments);
    moments.push(momentOf(row[columns.time]!, at + 2, columns.time));
  });
  return found;
}

/** Demand of a series, moment by moment. */
function wanted(
  sold: ReadonlyMap<number, number>,
  without: readonly number[],
  { spacing, seasonLength }: DatedCalendar,
): Map<number, number> {
  const first = Math.min(...sold.keys());
  const at = (moment: number): number => periodsBetween(first, moment, spacing);
  const values = new Float64Array(at(Math.max(...sold.keys())) + 1).fill(NaN);
  for (const [moment, value] of sold) values[at(moment)] = value;
  const out = new Set(without.map(at));
  const least = leastWanted(values, (place) => out.has(place), seasonLength);
  return new Map([...sold.keys()].map((moment) => [moment, least[at(moment)]!]));
}

/**
 * Demand without the constraint of stock. What was sold while stock ran out is the least that was wanted (a censored observation;
 * Nahmias 1994): such a period counts as missing, unless more was sold in it than would be filled in.
 *
 * @param calendar of the file
 * @throws {ForecastingError} INVALID_PANEL naming line, column and reason
 */
export function unconstrained(
  sold: Observations,
  rows: readonly FileRow[],
  columns: DatedColumns,
  calendar: DatedCalendar,
): Observations {
  if (columns.stockOut === undefined) return sold;
  const without = stockOutsOf(rows, columns, columns.stockOut);
  return new Map(
    [...sold].map(([id, values]) => [
      id,
      without.has(id) ? wanted(values, without.get(id)!, calendar) : values,
    ]),
  );
}

import { unreadable } from '../competition/panel-file.js';
import { hierarchyOf, type Hierarchy } from '../hierarchy/hierarchy.js';
import { fillGaps } from '../series/gaps.js';
import {
  calendarOf,
  onCalendar,
  type DatedCalendar,
  type DatedRequest,
  type DatedSeries,
} from './dated-file.js';
import { datedRows, idOf, observationsOf, type FileRow, type Observations } from './observations.js';
import { periodsBetween, periodsLater } from './spacing.js';
import { unconstrained } from './stock-outs.js';

/** Columns to sum up by: each list from coarse to fine, `[['region', 'store'], ['group']]`. */
export type HierarchyColumns = readonly (readonly string[])[];

/** Sums and then the series of the file, all up to one moment, and which add up to which. */
export interface DatedHierarchy {
  readonly series: readonly DatedSeries[];
  readonly hierarchy: Hierarchy;
}

/** The sum of everything. */
const ALL = 'all';

/**
 * Columns as one word of a command line: `region/store` sums up by region and by store within it; a comma begins
 * another way to sum up.
 *
 * @example hierarchyColumns('region/store,group') // [['region', 'store'], ['group']]
 */
export const hierarchyColumns = (text: string): string[][] =>
  text.split(',').map((path) => path.split('/').map((name) => name.trim()));

/** Ids of the sums that a row is part of: `all`, `region:north`, `region:north/store:12`. */
function sumsOf(row: FileRow, columns: HierarchyColumns, line: number): string[] {
  const paths = columns.flatMap((path) => {
    const words = path.map((name) => {
      const word = row[name]?.trim();
      if (word) return `${name}:${word}`;
      throw unreadable(
        line,
        name,
        word === undefined ? 'no such column to sum up by' : 'is empty; say what the row belongs to',
      );
    });
    return words.map((_, depth) => words.slice(0, depth + 1).join('/'));
  });
  return [ALL, ...paths];
}

/** Without a column of ids the finest columns tell series apart. */
function withIds(rows: readonly FileRow[], columns: HierarchyColumns, id: string): FileRow[] {
  const finest = columns.map((path) => path.at(-1)!);
  return rows.map((row) =>
    Object.hasOwn(row, id) ? row : { ...row, [id]: finest.map((name) => row[name]).join('/') },
  );
}

function memberships(rows: readonly FileRow[], columns: HierarchyColumns, id: string): Map<string, string[]> {
  const found = new Map<string, string[]>();
  rows.forEach((row, at) => {
    const line = at + 2;
    const leaf = idOf(row, { id }, line);
    const sums = sumsOf(row, columns, line);
    const known = found.get(leaf);
    if (!known) found.set(leaf, sums);
    else if (known.join() !== sums.join())
      throw unreadable(
        line,
        id,
        `"${leaf}" belongs to ${sums.join(', ')} here and to ${known.join(', ')} before`,
      );
  });
  return found;
}

/** A leaf from its first value to the last moment of the file. */
interface Leaf {
  readonly id: string;
  readonly values: Float64Array;
}

function leavesOf(found: Observations, { spacing }: DatedCalendar, lastMs: number): Leaf[] {
  return [...found].map(([id, observed]) => {
    const times = Float64Array.from(observed.keys()).sort();
    const values = new Float64Array(periodsBetween(times[0]!, lastMs, spacing) + 1).fill(NaN);
    values.set(onCalendar(id, observed, times, spacing));
    return { id, values };
  });
}

/** The last moment at which anything was observed. */
function lastOf(found: Observations): number {
  let last = -Infinity;
  for (const observed of found.values()) for (const timeMs of observed.keys()) last = Math.max(last, timeMs);
  return last;
}

/** Leaves end together; one that had not begun counts nothing, a gap counts as what a forecaster takes for it. */
function summed(parts: readonly Leaf[], seasonLength: number): Float64Array {
  const total = new Float64Array(parts.reduce((most, { values }) => Math.max(most, values.length), 0));
  for (const { values } of parts) {
    const filled = fillGaps(values, seasonLength).values;
    filled.forEach((value, at) => (total[total.length - filled.length + at]! += value));
  }
  return total;
}

/**
 * Reads a CSV of one observation a row whose further columns say what each series is part of.
 *
 * @throws {ForecastingError} INVALID_PANEL naming line, column and reason
 */
export function readDatedHierarchy(
  text: string,
  request: DatedRequest,
  columns: HierarchyColumns,
): DatedHierarchy {
  const rows = withIds(datedRows(text), columns, request.columns.id);
  const sold = observationsOf(rows, request.columns);
  const calendar = calendarOf(sold, request);
  const found = unconstrained(sold, rows, request.columns, calendar);
  const lastMs = lastOf(found);
  const members = memberships(rows, columns, request.columns.id);
  const leaves = leavesOf(found, calendar, lastMs);
  const hierarchy = hierarchyOf(leaves.map(({ id }) => ({ id, sums: members.get(id)! })));
  const asSeries = ({ id, values }: Leaf): DatedSeries => ({
    ...{ id, period: calendar.period, horizon: request.horizon, seasonLength: calendar.seasonLength },
    ...{ train: values, test: new Float64Array(0) },
    timeOf: (step) => calendar.written(periodsLater(lastMs, step, calendar.spacing)),
  });
  const sums = hierarchy.sums.map(({ id, parts }) => ({
    id,
    values: summed(
      parts.map((leaf) => leaves[leaf]!),
      calendar.seasonLength,
    ),
  }));
  return { hierarchy, series: [...sums, ...leaves].map(asSeries) };
}

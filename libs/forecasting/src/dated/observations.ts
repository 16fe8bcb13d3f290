import { csvRows } from '../competition/csv-rows.js';
import { identifier, numberOrMissing, unreadable } from '../competition/panel-file.js';

/** The row of a file by the names of its header. */
export type FileRow = Readonly<Record<string, string>>;

/** Names of the columns that are read; others are passed over. */
export interface DatedColumns {
  readonly id: string;
  readonly time: string;
  readonly value: string;
  /** Says of a period that stock ran out in it; without it that is not known. */
  readonly stockOut?: string;
}

/** Without a column of ids a file is one series. */
const ONLY_SERIES = 'series';
const TIME = /^(\d{4}-\d{2})(-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?$/;

/** The rows of a file of observations. */
export const datedRows = (text: string): FileRow[] => csvRows(text, 1_000_000);

/** Which series a row belongs to. */
export const idOf = (row: FileRow, columns: Pick<DatedColumns, 'id'>, line: number): string =>
  Object.hasOwn(row, columns.id) ? identifier(row[columns.id]!, line) : ONLY_SERIES;

/** Milliseconds since the epoch; a moment without an offset is taken as UTC. */
export function momentOf(text: string, line: number, field: string): number {
  const found = TIME.exec(text);
  const written = found && (found[2] ? text.replace(' ', 'T') : `${text}-01`);
  const withOffset =
    written && written.includes('T') && !/(?:Z|[+-]\d{2}:?\d{2})$/.test(written) ? `${written}Z` : written;
  const moment = withOffset ? Date.parse(withOffset) : NaN;
  // A day that does not exist is moved on by Date.parse in some spellings; its date would not be the one written.
  if (!Number.isNaN(moment) && isReal(text)) return moment;
  throw unreadable(
    line,
    field,
    `"${text.slice(0, 40)}" is no moment; write 2026-01-31, 2026-01 or 2026-01-31T12:00:00Z`,
  );
}

function isReal(text: string): boolean {
  const [year, month, day = 1] = text.slice(0, 10).split('-').map(Number);
  const date = new Date(Date.UTC(year!, month! - 1, day));
  return date.getUTCMonth() === month! - 1 && date.getUTCDate() === day;
}

/** @throws {ForecastingError} INVALID_PANEL naming the column and those that are there */
export function assertColumn(rows: readonly FileRow[], name: string): void {
  const header = rows[0] ?? {};
  if (Object.hasOwn(header, name)) return;
  const names = Object.keys(header).join(', ').slice(0, 200);
  throw unreadable(1, name, `no such column; the file has ${names || 'no rows'}`);
}

export type Observations = Map<string, Map<number, number>>;

/** The series of the rows of a file, values by moment.
 *
 * @throws {ForecastingError} INVALID_PANEL naming line, column and reason
 */
export function observationsOf(rows: readonly FileRow[], columns: DatedColumns): Observations {
  for (const name of [columns.time, columns.value]) assertColumn(rows, name);
  const found: Observations = new Map();
  rows.forEach((row, at) => {
    const line = at + 2;
    const id = idOf(row, columns, line);
    const series = found.get(id) ?? new Map<number, number>();
    found.set(id, series);
    const moment = momentOf(row[columns.time]!, line, columns.time);
    if (series.has(moment))
      throw unreadable(line, columns.time, `series "${id}" has ${row[columns.time]} twice`);
    series.set(moment, numberOrMissing(row[columns.value]!, line, columns.value));
  });
  return found;
}

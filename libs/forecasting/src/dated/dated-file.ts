import { csvRows } from '../competition/csv-rows.js';
import { ForecastingError } from '../forecasting.errors.js';
import {
  MAX_HORIZON,
  identifier,
  numberOrMissing,
  unreadable,
  type FileSeries,
} from '../competition/panel-file.js';
import { natureOf, periodsBetween, periodsLater, spacingOf, type Spacing } from './spacing.js';

/** Names of the three columns that are read; others are passed over. */
export interface DatedColumns {
  readonly id: string;
  readonly time: string;
  readonly value: string;
}

/** A series on an even calendar. */
export interface DatedSeries extends FileSeries {
  /** The moment of a step of the forecast, from 1, as the file writes its moments: a date, or a date with a time. */
  readonly timeOf: (step: number) => string;
}

/** Without a column of ids a file is one series. */
const ONLY_SERIES = 'series';
const TIME = /^(\d{4}-\d{2})(-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?)?)?$/;
/** Periods that may be missing for one that is there; more is a wrong calendar rather than gaps. */
const MOST_MISSING = 50;

/** Milliseconds since the epoch; a moment without an offset is taken as UTC. */
function momentOf(text: string, line: number, field: string): number {
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

type Observations = Map<string, Map<number, number>>;

function observationsOf(text: string, columns: DatedColumns): Observations {
  const rows = csvRows(text, 1_000_000);
  const header = rows[0] ?? {};
  for (const name of [columns.time, columns.value])
    if (!Object.hasOwn(header, name))
      throw unreadable(
        1,
        name,
        `no such column and no row; the file has ${Object.keys(header).join(', ').slice(0, 200) || 'no rows'}`,
      );
  const found: Observations = new Map();
  rows.forEach((row, at) => {
    const line = at + 2;
    const id = Object.hasOwn(row, columns.id) ? identifier(row[columns.id]!, line) : ONLY_SERIES;
    const series = found.get(id) ?? new Map<number, number>();
    found.set(id, series);
    const moment = momentOf(row[columns.time]!, line, columns.time);
    if (series.has(moment))
      throw unreadable(line, columns.time, `series "${id}" has ${row[columns.time]} twice`);
    series.set(moment, numberOrMissing(row[columns.value]!, line, columns.value));
  });
  return found;
}

function onCalendar(
  id: string,
  observed: ReadonlyMap<number, number>,
  times: Float64Array,
  spacing: Spacing,
): Float64Array {
  const first = times[0]!;
  const length = periodsBetween(first, times.at(-1)!, spacing) + 1;
  if (length > MOST_MISSING * times.length)
    throw new ForecastingError(
      'INVALID_PANEL',
      `series "${id}": its moments share no spacing wider than ${natureOf(spacing).period.toLowerCase()}, which would leave ` +
        `${length - times.length} of ${length} periods missing; put its rows on an even calendar first`,
    );
  const values = new Float64Array(length).fill(NaN);
  for (const time of times) values[periodsBetween(first, time, spacing)] = observed.get(time)!;
  return values;
}

/**
 * Reads a CSV of one observation a row. All series lie on the widest even calendar that their moments share; periods without a row
 * are missing values.
 *
 * @param options.horizon periods to forecast, from 1
 * @param options.seasonLength periods of a season; by default what the spacing has by nature
 * @throws {ForecastingError} INVALID_PANEL naming line, column and reason
 * @example readDatedFile('id,time,value\na,2026-01,3\na,2026-02,4\n', { horizon: 2, columns })[0]?.timeOf(1) // '2026-03-01'
 */
export function readDatedFile(
  text: string,
  {
    horizon,
    seasonLength,
    columns,
  }: { readonly horizon: number; readonly seasonLength?: number; readonly columns: DatedColumns },
): DatedSeries[] {
  if (!Number.isInteger(horizon) || horizon < 1 || horizon > MAX_HORIZON)
    throw new ForecastingError(
      'INVALID_PANEL',
      `horizon: ${horizon} is not a whole number from 1 to ${MAX_HORIZON}`,
    );
  const found = [...observationsOf(text, columns)].map(([id, observed]) => {
    const times = Float64Array.from(observed.keys()).sort();
    return { id, observed, times };
  });
  const spacing = spacingOf(found.map(({ times }) => times));
  if (!spacing)
    throw new ForecastingError(
      'INVALID_PANEL',
      'no series has two moments, so nothing says how far apart they are',
    );
  const nature = natureOf(spacing);
  const dates = found.every(({ times }) => times.every((time) => time % 86_400_000 === 0));
  return found.map(({ id, observed, times }) => {
    const last = times.at(-1)!;
    return {
      ...{ id, period: nature.period, horizon, seasonLength: seasonLength ?? nature.seasonLength },
      ...{ train: onCalendar(id, observed, times, spacing), test: new Float64Array(0) },
      timeOf: (step) =>
        new Date(periodsLater(last, step, spacing)).toISOString().slice(0, dates ? 10 : 19) +
        (dates ? '' : 'Z'),
    };
  });
}

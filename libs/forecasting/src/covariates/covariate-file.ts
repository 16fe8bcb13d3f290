import { numberOrMissing } from '../competition/panel-file.js';
import type { Frequency } from '../contract/panel.js';
import { calendarOf, onCalendar, type DatedRequest } from '../dated/dated-file.js';
import {
  assertColumn,
  datedRows,
  idOf,
  momentOf,
  observationsOf,
  type FileRow,
} from '../dated/observations.js';
import { periodsBetween, periodsLater, type Spacing } from '../dated/spacing.js';
import { unconstrained } from '../dated/stock-outs.js';
import { ForecastingError } from '../forecasting.errors.js';
import { periodStart } from '../series/periods.js';
import type { Covariate, CovariatePanel, CovariateSeries } from './covariate-panel.js';

/** The series of a file with their covariates. */
export interface CovariateFile {
  readonly panel: CovariatePanel;
  readonly period: string;
  /** The moment of a step of a series' forecast, from 1, as the file writes its moments. */
  readonly timeOf: (id: string, step: number) => string;
}

/** Words of a covariate by series and moment. */
type Cells = Map<string, Map<number, string>>;

const FREQUENCY: Readonly<Record<string, Frequency>> = {
  WEEKLY: 'weekly',
  MONTHLY: 'monthly',
  DAILY: 'daily',
};
/** Where a spacing has no calendar of its own, all histories are taken to end at one date. */
const COMMON_END = 12_000;

function cellsOf(rows: readonly FileRow[], name: string, { columns }: DatedRequest): Cells {
  assertColumn(rows, name);
  const cells: Cells = new Map();
  rows.forEach((row, at) => {
    const id = idOf(row, columns, at + 2);
    const known = cells.get(id) ?? new Map<number, string>();
    cells.set(id, known);
    const word = row[name]!.trim();
    if (word !== '' && word !== 'NA') known.set(momentOf(row[columns.time]!, at + 2, columns.time), word);
  });
  return cells;
}

const isNumber = (word: string): boolean => /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(word);

/** Numbers above 0 of which there are more than two are prices and the like; other numbers are plain, and words are categories. */
function covariateOf(name: string, cells: Cells): Covariate {
  const words = [...new Set([...cells.values()].flatMap((known) => [...known.values()]))];
  if (!words.every(isNumber)) return { name, kind: 'category', words: words.sort() };
  return { name, kind: words.length > 2 && words.every((word) => Number(word) > 0) ? 'relative' : 'plain' };
}

/** Numbers of a covariate from a series' first moment to the last that is given, gaps carried on; a word goes on to the end. */
function pathOf(
  { name, kind, words }: Covariate,
  known: ReadonlyMap<number, string>,
  first: number,
  { spacing, length }: { readonly spacing: Spacing; readonly length: number },
): Float64Array {
  const path = new Float64Array(length).fill(NaN);
  for (const [moment, word] of known) {
    const at = periodsBetween(first, moment, spacing);
    if (at >= 0 && at < length)
      path[at] = kind === 'category' ? words!.indexOf(word) : numberOrMissing(word, 0, name);
  }
  const given = kind === 'category' ? length : path.findLastIndex((value) => !Number.isNaN(value)) + 1;
  let last = path.find((value) => !Number.isNaN(value)) ?? NaN;
  return path.map((value, at) => (at >= given ? NaN : (last = Number.isNaN(value) ? last : value)));
}

/**
 * Reads a CSV of one observation a row with columns beside the value. Rows after the last value of a series, their value empty, say what is
 * known of the future.
 *
 * @param names columns of covariates
 * @throws {ForecastingError} INVALID_PANEL naming line, column and reason
 */
export function readCovariateFile(
  text: string,
  request: DatedRequest,
  names: readonly string[],
): CovariateFile {
  const rows = datedRows(text);
  const sold = observationsOf(rows, request.columns);
  const calendar = calendarOf(sold, request);
  const { spacing, period, seasonLength, written } = calendar;
  const found = unconstrained(sold, rows, request.columns, calendar);
  const cells = names.map((name) => cellsOf(rows, name, request));
  const covariates = names.map((name, at) => covariateOf(name, cells[at]!));
  const frequency = FREQUENCY[period];
  const ends = new Map<string, number>();
  const series = [...found].map(([id, observed]): CovariateSeries => {
    const times = Float64Array.from(observed.keys()).sort();
    const end = times.findLastIndex((time) => !Number.isNaN(observed.get(time)!));
    if (end < 0) throw new ForecastingError('INVALID_PANEL', `series "${id}" has no value at all`);
    const values = onCalendar(id, observed, times.subarray(0, end + 1), spacing);
    ends.set(id, times[end]!);
    const span = { spacing, length: values.length + request.horizon };
    return {
      id,
      values,
      start: frequency
        ? new Date(times[0]!).toISOString().slice(0, 10)
        : periodStart(COMMON_END - values.length, 'daily'),
      covariates: covariates.map((covariate, at) =>
        pathOf(covariate, cells[at]!.get(id) ?? new Map(), times[0]!, span),
      ),
    };
  });
  const timeOf = (id: string, step: number): string => written(periodsLater(ends.get(id)!, step, spacing));
  return { panel: { frequency: frequency ?? 'daily', seasonLength, covariates, series }, period, timeOf };
}

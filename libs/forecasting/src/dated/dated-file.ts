import { ForecastingError } from '../forecasting.errors.js';
import { MAX_HORIZON, type FileSeries } from '../competition/panel-file.js';
import { datedRows, observationsOf, type DatedColumns, type Observations } from './observations.js';
import { unconstrained } from './stock-outs.js';
import { natureOf, periodsBetween, periodsLater, spacingOf, type Spacing } from './spacing.js';

/** A series on an even calendar. */
export interface DatedSeries extends FileSeries {
  /** The moment of a step of the forecast, from 1, as the file writes its moments: a date, or a date with a time. */
  readonly timeOf: (step: number) => string;
}

/** Periods that may be missing for one that is there; more is a wrong calendar rather than gaps. */
const MOST_MISSING = 50;

export function onCalendar(
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

/** What is asked of a file beside its rows. */
export interface DatedRequest {
  /** Periods to forecast, from 1. */
  readonly horizon: number;
  /** Periods of a season; by default what the spacing has by nature. */
  readonly seasonLength?: number;
  readonly columns: DatedColumns;
}

/** The calendar that all series of a file lie on. */
export interface DatedCalendar {
  readonly spacing: Spacing;
  readonly period: string;
  readonly seasonLength: number;
  /** Writes a moment as the file writes its moments. */
  readonly written: (timeMs: number) => string;
}

/**
 * The widest even calendar that all moments share.
 *
 * @throws {ForecastingError} INVALID_PANEL on a horizon out of range or where nothing says how far apart moments are
 */
export function calendarOf(found: Observations, { horizon, seasonLength }: DatedRequest): DatedCalendar {
  if (!Number.isInteger(horizon) || horizon < 1 || horizon > MAX_HORIZON)
    throw new ForecastingError(
      'INVALID_PANEL',
      `horizon: ${horizon} is not a whole number from 1 to ${MAX_HORIZON}`,
    );
  const times = [...found.values()].map((observed) => Float64Array.from(observed.keys()).sort());
  const spacing = spacingOf(times);
  if (!spacing)
    throw new ForecastingError(
      'INVALID_PANEL',
      'no series has two moments, so nothing says how far apart they are',
    );
  const nature = natureOf(spacing);
  const dates = times.every((moments) => moments.every((time) => time % 86_400_000 === 0));
  return {
    spacing,
    period: nature.period,
    seasonLength: seasonLength ?? nature.seasonLength,
    written: (timeMs) => new Date(timeMs).toISOString().slice(0, dates ? 10 : 19) + (dates ? '' : 'Z'),
  };
}

/**
 * Reads a CSV of one observation a row. All series lie on the widest even calendar that their moments share; periods without a row
 * are missing values.
 *
 * @throws {ForecastingError} INVALID_PANEL naming line, column and reason
 * @example readDatedFile('id,time,value\na,2026-01,3\na,2026-02,4\n', { horizon: 2, columns })[0]?.timeOf(1) // '2026-03-01'
 */
export function readDatedFile(text: string, request: DatedRequest): DatedSeries[] {
  const rows = datedRows(text);
  const sold = observationsOf(rows, request.columns);
  const calendar = calendarOf(sold, request);
  const { spacing, period, seasonLength, written } = calendar;
  const found = unconstrained(sold, rows, request.columns, calendar);
  return [...found].map(([id, observed]) => {
    const times = Float64Array.from(observed.keys()).sort();
    const last = times.at(-1)!;
    return {
      ...{ id, period, horizon: request.horizon, seasonLength },
      ...{ train: onCalendar(id, observed, times, spacing), test: new Float64Array(0) },
      timeOf: (step) => written(periodsLater(last, step, spacing)),
    };
  });
}

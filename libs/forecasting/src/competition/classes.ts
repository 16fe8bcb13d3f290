import type { Frequency, Panel } from '../contract/panel.js';
import { periodStart } from '../series/periods.js';
import type { FileSeries } from './panel-file.js';

/** Series of a file that are forecast together: one period, season and horizon. */
export interface SeriesClass {
  readonly period: string;
  readonly horizon: number;
  /** Periods of each season that the spacing has by nature, shortest first. */
  readonly seasons: readonly number[];
  readonly series: readonly FileSeries[];
  readonly panel: Panel;
}

/** Seasons beside the one that a file declares: hours have a day and a week, weeks a year. */
const NATURAL: Readonly<Record<string, readonly number[]>> = { hourly: [24, 168], weekly: [52] };
/** Spacing of the calendar features; a file without dates has no better. */
const FREQUENCY: Readonly<Record<string, Frequency>> = { weekly: 'weekly', monthly: 'monthly' };
/** A number of periods after every history's beginning, so that all end at one date. */
const COMMON_END = 12_000;

function classOf(series: readonly FileSeries[]): SeriesClass {
  const { period, seasonLength, horizon } = series[0]!;
  const word = period.toLowerCase();
  const frequency = FREQUENCY[word] ?? 'daily';
  const seasons = [...new Set([seasonLength, ...(NATURAL[word] ?? [])])].sort((a, b) => a - b);
  return {
    period,
    horizon,
    seasons: seasons.length > 1 ? seasons.filter((season) => season > 1) : seasons,
    series,
    panel: {
      frequency,
      seasonLength,
      series: series.map(({ id, train }) => ({
        id,
        start: periodStart(COMMON_END - Math.min(train.length, COMMON_END), frequency),
        values: train,
      })),
    },
  };
}

/** The classes of a file, in the order in which they first occur. */
export function classesOf(series: readonly FileSeries[]): SeriesClass[] {
  const classes = new Map<string, FileSeries[]>();
  for (const one of series) {
    const key = JSON.stringify([one.period, one.seasonLength, one.horizon]);
    const known = classes.get(key);
    if (known) known.push(one);
    else classes.set(key, [one]);
  }
  return [...classes.values()].map(classOf);
}

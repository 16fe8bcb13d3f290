import type { Panel, SeriesInput } from '../contract/panel.js';
import { periodIndex } from '../series/periods.js';

/** The number of the first period of a series. */
export const firstPeriod = (series: SeriesInput, frequency: Panel['frequency']): number =>
  periodIndex(Date.parse(series.start), frequency);

/** The number of the first period that no series of a panel knows. */
export const panelEnd = ({ series, frequency }: Panel): number =>
  series.reduce((end, one) => Math.max(end, firstPeriod(one, frequency) + one.values.length), -Infinity);

/**
 * What was known before period `origin`: every series cut there and copied into memory of its own, so
 * that nothing later can be reached from it and nothing done to it is seen outside.
 *
 * @param minHistory series with fewer observed values are left out
 */
export function knownBefore(panel: Panel, origin: number, minHistory: number): Panel {
  const series = panel.series.flatMap((full) => {
    const length = Math.max(0, origin - firstPeriod(full, panel.frequency));
    const values = full.values.slice(0, length);
    const observed = values.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
    return observed < minHistory ? [] : [Object.freeze({ id: full.id, start: full.start, values })];
  });
  return Object.freeze({
    frequency: panel.frequency,
    seasonLength: panel.seasonLength,
    series: Object.freeze(series),
  });
}

/** The `horizon` values from period `origin` on; NaN beyond the end of the series. */
export function actualsFrom(
  series: SeriesInput,
  panel: Panel,
  origin: number,
  horizon: number,
): Float64Array {
  const offset = origin - firstPeriod(series, panel.frequency);
  return Float64Array.from({ length: horizon }, (_, step) => series.values[offset + step] ?? NaN);
}

/**
 * Runs `work` while the caller's own values from period `origin` on read as NaN, then puts them back.
 * A forecaster that kept hold of the whole panel finds no future there.
 */
export async function withoutFuture<T>(panel: Panel, origin: number, work: () => Promise<T>): Promise<T> {
  const hidden = panel.series.map((series) => {
    const offset = Math.max(0, origin - firstPeriod(series, panel.frequency));
    const from = Math.min(offset, series.values.length);
    const future = series.values.slice(from);
    series.values.fill(NaN, from);
    return { values: series.values, from, future };
  });
  try {
    return await work();
  } finally {
    for (const { values, from, future } of hidden) values.set(future, from);
  }
}

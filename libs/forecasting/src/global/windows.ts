import type { Frequency } from '../contract/panel.js';
import { periodStartMs } from '../series/periods.js';
import type { GlobalConfig } from './config.js';

/** Numbers that describe the calendar of the first forecast period. */
export const CALENDAR_FEATURES = 8;

const DAYS_PER_YEAR = 365.2425;
const DAY_MS = 86_400_000;

/** What the network sees of one series before one origin. Scaled values are 0 where missing. */
export interface Window {
  readonly values: Float32Array;
  /** 1 where the value is observed, else 0. */
  readonly mask: Float32Array;
  readonly calendar: Float32Array;
  /** Series value = offset + scale · scaled value. */
  readonly offset: number;
  readonly scale: number;
}

/** Sine and cosine of the first two harmonics of the season and of the year. */
export function calendarOf(period: number, frequency: Frequency, seasonLength: number): Float32Array {
  const season = ((period % seasonLength) + seasonLength) % seasonLength;
  const year = periodStartMs(period, frequency) / DAY_MS / DAYS_PER_YEAR;
  const phases = seasonLength > 1 ? [season / seasonLength, year % 1] : [0, year % 1];
  return Float32Array.from(
    phases.flatMap((phase) =>
      [1, 2].flatMap((harmonic) => [
        Math.sin(2 * Math.PI * harmonic * phase),
        Math.cos(2 * Math.PI * harmonic * phase),
      ]),
    ),
  );
}

/** Mean of the last season and root mean square distance from it: both move with the series. */
function scaleOf(seen: readonly number[], seasonLength: number): { offset: number; scale: number } {
  const recent = seen.slice(-Math.max(seasonLength, 4));
  const offset = recent.reduce((sum, value) => sum + value, 0) / recent.length;
  const square = seen.reduce((sum, value) => sum + (value - offset) ** 2, 0) / seen.length;
  const spread = Math.sqrt(square);
  return { offset, scale: spread > 1e-9 * Math.abs(offset) ? spread : Math.abs(offset) || 1 };
}

/**
 * The window that ends before position `end` of a series.
 *
 * @param firstPeriod number of the first period of the series
 * @returns undefined where fewer than three values are observed in it
 */
export function windowBefore(
  values: Float64Array,
  end: number,
  firstPeriod: number,
  config: GlobalConfig,
): Window | undefined {
  const { inputSize, seasonLength, frequency } = config;
  const begin = end - inputSize;
  const raw = Float64Array.from({ length: inputSize }, (_, index) => values[begin + index] ?? NaN);
  const seen = [...raw].filter((value) => !Number.isNaN(value));
  if (seen.length < 3) return undefined;
  const { offset, scale } = scaleOf(seen, seasonLength);
  return {
    values: Float32Array.from(raw, (value) => (Number.isNaN(value) ? 0 : (value - offset) / scale)),
    mask: Float32Array.from(raw, (value) => (Number.isNaN(value) ? 0 : 1)),
    calendar: calendarOf(firstPeriod + end, frequency, seasonLength),
    offset,
    scale,
  };
}

/** The scaled values from position `end` on and their weights: 0 where missing or at `limit` and beyond. */
export function targetsAfter(
  values: Float64Array,
  end: number,
  limit: number,
  { offset, scale }: Window,
  horizon: number,
): { readonly targets: Float32Array; readonly weights: Float32Array } {
  const targets = new Float32Array(horizon);
  const weights = new Float32Array(horizon);
  for (let step = 0; step < Math.min(horizon, limit - end); step++) {
    const value = values[end + step]!;
    if (Number.isNaN(value)) continue;
    targets[step] = (value - offset) / scale;
    weights[step] = 1;
  }
  return { targets, weights };
}

import { forecastLeaf, type Hex } from '@tallyhouse/proofs';
import type { SeriesForecast } from '../contract/forecaster.js';
import type { Frequency } from '../contract/panel.js';
import { periodStartMs } from '../series/periods.js';
import type { Yardstick } from './yardstick.js';

/** The forecast of one period of one series, as a run stores it. */
export interface ForecastPoint {
  readonly seriesId: Hex;
  readonly step: number;
  readonly targetStart: Date;
  readonly targetEnd: Date;
  readonly mean: number;
  readonly quantiles: readonly number[];
  readonly method: string;
  readonly fallbackReason: string | undefined;
  /** Mean error of the seasonal naive in what was known; undefined where that is 0. */
  readonly scale: number | undefined;
  /** What the seasonal naive said with the same data; undefined where nothing was known. */
  readonly baseline: number | undefined;
}

/** Columns of `forecast`, with their types. */
export const FORECAST_COLUMNS = {
  run_id: 'uuid',
  series_id: 'text',
  step: 'int',
  leaf_index: 'int',
  target_start: 'timestamptz',
  target_end: 'timestamptz',
  mean: 'float8',
  quantiles: 'float8[]',
  method: 'text',
  fallback_reason: 'text',
  scale: 'float8',
  baseline: 'float8',
};

/** Quantile levels that every stored forecast has. */
export const STORED_LEVELS: readonly number[] = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95];

/** Leaf of one stored point; the verifier of a forecast makes the same. What it is measured by is not in it. */
export function leafOf(point: ForecastPoint): Hex {
  return forecastLeaf({
    seriesId: point.seriesId,
    targetStart: BigInt(point.targetStart.getTime() / 1_000),
    targetEnd: BigInt(point.targetEnd.getTime() / 1_000),
    levels: STORED_LEVELS,
    quantiles: point.quantiles,
  });
}

/** The points of a forecast from the first target on; `gap` periods before it were forecast on the way. */
export function pointsOf(
  forecast: SeriesForecast,
  frequency: Frequency,
  firstTarget: number,
  gap: number,
  yardstick: Yardstick | undefined,
): ForecastPoint[] {
  return Array.from({ length: forecast.mean.length - gap }, (_, index) => ({
    seriesId: forecast.id as Hex,
    step: index + 1,
    targetStart: new Date(periodStartMs(firstTarget + index, frequency)),
    targetEnd: new Date(periodStartMs(firstTarget + index + 1, frequency)),
    mean: forecast.mean[gap + index]!,
    quantiles: forecast.quantiles.map((values) => values[gap + index]!),
    method: forecast.method,
    scale: yardstick?.scale,
    baseline: yardstick?.baseline(firstTarget + index),
    fallbackReason: forecast.fallback && `${forecast.fallback.from}: ${forecast.fallback.reason}`,
  }));
}

/** The row of a point, in the order of {@link FORECAST_COLUMNS}. */
export function forecastRow(runId: string, point: ForecastPoint, index: number): unknown[] {
  return [
    runId,
    point.seriesId,
    point.step,
    index,
    point.targetStart,
    point.targetEnd,
    point.mean,
    point.quantiles,
    point.method,
    point.fallbackReason,
    point.scale,
    point.baseline,
  ];
}

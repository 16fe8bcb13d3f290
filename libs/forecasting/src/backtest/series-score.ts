import type { SeriesForecast } from '../contract/forecaster.js';
import { bias, coverage, crps, mase, meanAbsoluteError, pinballLoss, rmsse, smape } from './metrics.js';

/** Errors of one forecast of one series; NaN where a measure is not defined. */
export interface SeriesErrors {
  readonly id: string;
  /** The method that made the forecast, and why if it was not the model's own. */
  readonly method: string;
  readonly fallback?: string;
  readonly smape: number;
  readonly mase: number;
  readonly rmsse: number;
  readonly mae: number;
  readonly bias: number;
  readonly crps: number;
  /** One a level. */
  readonly pinball: readonly number[];
  /** Share inside each central interval of {@link centralIntervals}. */
  readonly coverage: readonly number[];
}

export interface SeriesScore extends SeriesErrors {
  readonly model: string;
  readonly origin: string;
}

/** Pairs of levels that lie evenly around the median, widest first, with their nominal share. */
export function centralIntervals(
  levels: readonly number[],
): { readonly lower: number; readonly upper: number; readonly nominal: number }[] {
  return levels.flatMap((level, lower) => {
    const upper = levels.findIndex((other) => Math.abs(1 - level - other) < 1e-9);
    return upper > lower ? [{ lower, upper, nominal: Number((1 - 2 * level).toFixed(6)) }] : [];
  });
}

/** Measures one forecast against what came, with the scales of its training part. */
export function scoreSeries(
  forecast: SeriesForecast,
  actual: Float64Array,
  train: Float64Array,
  seasonLength: number,
  levels: readonly number[],
): SeriesErrors {
  const { id, mean, quantiles, method, fallback } = forecast;
  return {
    id,
    method,
    ...(fallback ? { fallback: fallback.reason } : {}),
    smape: smape(actual, mean),
    mase: mase(actual, mean, train, seasonLength),
    rmsse: rmsse(actual, mean, train),
    mae: meanAbsoluteError(actual, mean),
    bias: bias(actual, mean),
    crps: crps(actual, quantiles, levels),
    pinball: levels.map((level, index) => pinballLoss(actual, quantiles[index]!, level)),
    coverage: centralIntervals(levels).map(({ lower, upper }) =>
      coverage(actual, quantiles[lower]!, quantiles[upper]!),
    ),
  };
}

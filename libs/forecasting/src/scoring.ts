import { centralIntervals } from './backtest/series-score.js';
import { coverage, crps, meanAbsoluteError, pinballLoss, smape } from './backtest/metrics.js';
import { ForecastingError } from './forecasting.errors.js';

/** A forecast as it was committed: quantiles by level, one value a step. */
export interface CommittedForecast {
  readonly levels: readonly number[];
  readonly quantiles: readonly ArrayLike<number>[];
  /** The point forecast; without it the median, which must then be among the levels. */
  readonly mean?: ArrayLike<number>;
  /** Error of the seasonal naive in the history known at commitment, for scaled errors. */
  readonly scale?: number;
}

/** Errors of one step; `scaledError` is null without a scale above 0. */
export interface StepScore {
  /** 1 for the first step. */
  readonly step: number;
  readonly actual: number;
  readonly absoluteError: number;
  /** Percent, 0..200. */
  readonly smape: number;
  readonly scaledError: number | null;
  /** One a level. */
  readonly pinball: readonly number[];
}

export interface ForecastScore {
  /** Steps whose actual is known, in order. */
  readonly steps: readonly StepScore[];
  readonly smape: number;
  readonly mae: number;
  readonly mase: number | null;
  readonly crps: number;
  /** Share of actuals inside, by nominal share of each central interval. */
  readonly coverage: Readonly<Record<string, number>>;
}

function pointOf({ mean, levels, quantiles }: CommittedForecast): ArrayLike<number> {
  const median = quantiles[levels.indexOf(0.5)];
  const point = mean ?? median;
  if (!point) {
    throw new ForecastingError('INVALID_FORECAST', 'a forecast without a mean needs the level 0.5');
  }
  return point;
}

/**
 * Scores a committed forecast against what came. Actuals not known yet are NaN or absent at the end.
 *
 * @throws {ForecastingError} NOTHING_TO_SCORE when no actual is known; INVALID_FORECAST without a
 * point forecast
 * @example scoreForecast({ levels: [0.5], quantiles: [[10, 10]] }, [8, NaN]).mae // 2
 */
export function scoreForecast(forecast: CommittedForecast, actuals: ArrayLike<number>): ForecastScore {
  const { levels, quantiles, scale } = forecast;
  const point = pointOf(forecast);
  const known = Float64Array.from({ length: point.length }, (_, step) => actuals[step] ?? NaN);
  const scaled = (error: number): number | null => (scale !== undefined && scale > 0 ? error / scale : null);
  const steps = [...known].flatMap((actual, step): StepScore[] => {
    if (Number.isNaN(actual)) return [];
    const absoluteError = Math.abs(actual - point[step]!);
    return [
      {
        step: step + 1,
        actual,
        absoluteError,
        smape: smape([actual], [point[step]!]),
        scaledError: scaled(absoluteError),
        pinball: levels.map((level, index) => pinballLoss([actual], [quantiles[index]![step]!], level)),
      },
    ];
  });
  if (steps.length === 0) throw new ForecastingError('NOTHING_TO_SCORE', 'no actual value is known yet');
  const mae = meanAbsoluteError(known, point);
  const inside = centralIntervals(levels).map(({ lower, upper, nominal }) => [
    `${nominal}`,
    coverage(known, quantiles[lower]!, quantiles[upper]!),
  ]);
  return {
    steps,
    smape: smape(known, point),
    mae,
    mase: scaled(mae),
    crps: crps(known, quantiles, levels),
    coverage: Object.fromEntries(inside) as Record<string, number>,
  };
}

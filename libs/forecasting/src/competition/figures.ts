import {
  bias,
  coverage,
  meanAbsoluteError,
  meanOfKnown,
  owa,
  pinballLoss,
  rmsse,
  seasonalScale,
  smape,
} from '../backtest/metrics.js';
import type { FileSeries } from './panel-file.js';
import { interpolateSeasonally } from './seasonal-interpolation.js';

/** Levels of the paths of an {@link IntervalForecast}, in its order. */
export const INTERVAL_LEVELS = [0.025, 0.1, 0.5, 0.9, 0.95, 0.975] as const;

/** A point path and, where the method gives intervals, one path a level of INTERVAL_LEVELS. */
export interface IntervalForecast {
  readonly mean: Float64Array;
  readonly quantiles?: readonly Float64Array[];
}

/** Means over series, of those for which the measure is defined. */
export interface CompetitionFigures {
  readonly series: number;
  /** Percent, 0..200. */
  readonly smape: number;
  /** Over the steps from season to season of the training part, its gaps filled as {@link interpolateSeasonally} does. */
  readonly mase: number;
  /** Against Naive2 on the same series; null where that is not given. */
  readonly owa: number | null;
  readonly rmsse: number;
  /** Mean forecast − actual, in units of the series. */
  readonly bias: number;
  /** Share of actuals inside the central 80 and 95 % interval; null without intervals. */
  readonly coverage80: number | null;
  readonly coverage95: number | null;
  /** Mean scaled interval score at 95 % (Gneiting & Raftery 2007, scaled as in M4). */
  readonly msis: number | null;
  /** Mean pinball loss at the level 0.95, in units of the series. */
  readonly pinball95: number | null;
}

/** Mean absolute step from season to season of the training part, in units of the series. */
const scaleOf = ({ train, seasonLength }: FileSeries): number =>
  seasonalScale(interpolateSeasonally(train, seasonLength), seasonLength);

const overScale = (value: number, one: FileSeries): number => {
  const scale = scaleOf(one);
  return scale > 0 ? value / scale : NaN;
};

/** Mean width plus 2/α times the distance of what fell outside, in units of the series. */
function intervalScore(test: Float64Array, lower: Float64Array, upper: Float64Array): number {
  const scores = test.map((actual, step) => {
    const outside = Math.max(0, lower[step]! - actual) + Math.max(0, actual - upper[step]!);
    return Number.isNaN(actual) ? NaN : upper[step]! - lower[step]! + 40 * outside;
  });
  return meanOfKnown(scores);
}

/**
 * The measures of the M4 competition over some series, and those of intermittent demand.
 *
 * @param forecasts one a series, in order
 * @param naive2 figures of Naive2 on the same series, for OWA
 */
export function competitionFigures(
  series: readonly FileSeries[],
  forecasts: readonly IntervalForecast[],
  naive2?: Pick<CompetitionFigures, 'smape' | 'mase'>,
): CompetitionFigures {
  const mean = (of: (one: FileSeries, forecast: IntervalForecast) => number): number =>
    meanOfKnown(series.map((one, at) => of(one, forecasts[at]!)));
  const intervals = (of: (one: FileSeries, quantiles: readonly Float64Array[]) => number): number | null =>
    forecasts.every(({ quantiles }) => quantiles) ? mean((one, { quantiles }) => of(one, quantiles!)) : null;
  const figures = {
    smape: mean(({ test }, { mean: path }) => smape(test, path)),
    mase: mean((one, { mean: path }) => overScale(meanAbsoluteError(one.test, path), one)),
  };
  return {
    series: series.length,
    ...figures,
    owa: naive2 ? owa(figures, naive2) : null,
    rmsse: mean(({ test, train }, { mean: path }) => rmsse(test, path, train)),
    bias: mean(({ test }, { mean: path }) => bias(test, path)),
    coverage80: intervals(({ test }, [, low, , high]) => coverage(test, low!, high!)),
    coverage95: intervals(({ test }, [low, , , , , high]) => coverage(test, low!, high!)),
    msis: intervals((one, [low, , , , , high]) => overScale(intervalScore(one.test, low!, high!), one)),
    pinball95: intervals(({ test }, [, , , , level]) => pinballLoss(test, level!, 0.95)),
  };
}

import {
  assertRequest,
  type Fallback,
  type FittedForecaster,
  type Forecaster,
  type SeriesForecast,
} from '../contract/forecaster.js';
import { assertPanel, type Panel, type SeriesInput } from '../contract/panel.js';
import { errorDistribution, quantilePaths } from '../intervals/conformal.js';
import { rollingErrors } from '../intervals/rolling-errors.js';
import { fillGaps, type FilledHistory } from '../series/gaps.js';
import { meanOf, type LocalFit, type LocalMethod } from './local-method.js';
import { naive, zero } from './naive.js';

/** Settings that hold for every local method. */
export interface LocalForecasterOptions {
  /** Values below it are raised to it: 0 for quantities that cannot be negative. */
  readonly lowerBound?: number;
}

interface Choice {
  readonly method: LocalMethod;
  readonly fallback?: Fallback;
}

function choose(method: LocalMethod, values: Float64Array): Choice {
  const because = (substitute: LocalMethod, reason: string): Choice => ({
    method: substitute,
    fallback: { from: method.name, reason },
  });
  if (values.length === 0) return because(zero, 'no observed value');
  if (values.length < method.minLength) {
    return because(naive, `history has ${values.length} values, ${method.name} needs ${method.minLength}`);
  }
  if (method.nonNegative && values.some((value) => value < 0)) {
    return because(naive, 'history has negative values, the method is for demand');
  }
  if (method.nonNegative && values.every((value) => value === 0))
    return because(zero, 'history is all zeros');
  return { method };
}

/** The root mean square step of the history; the size of its mean where there is no step. */
function stepSpread(values: Float64Array): number {
  if (values.length === 0) return 0;
  if (values.length === 1) return Math.abs(values[0]!);
  const squares = values.slice(1).map((value, index) => (value - values[index]!) ** 2);
  return Math.sqrt(meanOf(squares));
}

interface FittedSeries extends Choice {
  readonly id: string;
  readonly history: FilledHistory;
  readonly fit: LocalFit;
  readonly lowerBound: number;
}

function fitSeries(
  method: LocalMethod,
  series: SeriesInput,
  seasonLength: number,
  options: LocalForecasterOptions,
): FittedSeries {
  const history = fillGaps(series.values, seasonLength);
  const choice = choose(method, history.values);
  const fit = choice.method.fit(history.values, seasonLength);
  const lowerBound = Math.max(options.lowerBound ?? -Infinity, choice.method.nonNegative ? 0 : -Infinity);
  return { ...choice, id: series.id, history, fit, lowerBound };
}

function quantilesOf(
  { history, fit, method }: FittedSeries,
  mean: Float64Array,
  levels: readonly number[],
): Float64Array[] {
  if (levels.length === 0) return [];
  const errors = rollingErrors(fit, history, mean.length, Math.max(1, method.minLength));
  return quantilePaths(mean, errorDistribution(errors, stepSpread(history.values)), levels);
}

function predictSeries(fitted: FittedSeries, horizon: number, levels: readonly number[]): SeriesForecast {
  const { history, fit, method, lowerBound, fallback } = fitted;
  const mean = fit.forecast(history.values, horizon);
  const raise = (path: Float64Array): Float64Array =>
    lowerBound === -Infinity ? path : path.map((value) => Math.max(value, lowerBound));
  return {
    id: fitted.id,
    mean: raise(mean),
    quantiles: quantilesOf(fitted, mean, levels).map(raise),
    method: method.name,
    ...(fallback ? { fallback } : {}),
  };
}

/**
 * A forecaster that fits `method` to each series alone. Gaps are filled; a history that the method
 * cannot take is forecast by the naive method, or by zeros where nothing was observed, and the
 * forecast names the substitute and the reason.
 *
 * @example
 * const fitted = await localForecaster(naive).fit(panel, { rng: seededRandom(1) });
 * const [forecast] = await fitted.predict(3, [0.1, 0.5, 0.9]);
 */
export function localForecaster(method: LocalMethod, options: LocalForecasterOptions = {}): Forecaster {
  return {
    name: method.name,
    async fit(panel: Panel): Promise<FittedForecaster> {
      assertPanel(panel);
      const fitted = panel.series.map((series) => fitSeries(method, series, panel.seasonLength, options));
      return {
        async predict(horizon, levels) {
          assertRequest(horizon, levels);
          return fitted.map((series) => predictSeries(series, horizon, levels));
        },
      };
    },
  };
}

import { flat, type LocalFit, type LocalMethod } from '../local-method.js';
import { lagsFor } from './lags.js';
import { ridgeOnLags } from './ridge.js';

/** What an autoregression works on. */
export interface AutoregressionOptions {
  /** Seasons beside that of the panel, in periods: 168 for hours of a week. */
  readonly seasons?: readonly number[];
  /** Work on logarithms where every value is above zero. */
  readonly log?: boolean;
  /** Work on the steps from value to value. */
  readonly difference?: boolean;
}

/** Scaled values beyond this are held: a path that explodes says nothing. */
const BOUND = 20;
/** The share of its own size that a coefficient is held back by; more on short histories. */
const penaltyOf = (length: number): number => (length < 150 ? 1e-2 : 1e-3);

interface Scale {
  readonly centre: number;
  readonly unit: number;
  readonly log: boolean;
}

function scaleOf(values: Float64Array, log: boolean): Scale {
  const seen = log ? values.map(Math.log) : values;
  const centre = seen.reduce((sum, value) => sum + value / seen.length, 0);
  const square = seen.reduce((sum, value) => sum + (value - centre) ** 2 / seen.length, 0);
  return { centre, unit: Math.sqrt(square) || 1, log };
}

const scaled = (values: Float64Array, { centre, unit, log }: Scale): Float64Array =>
  values.map((value) => ((log ? Math.log(value) : value) - centre) / unit);

const steps = (values: Float64Array): Float64Array =>
  values.subarray(1).map((value, at) => value - values[at]!);

/** Goes on from `known` by the regression, each forecast serving the next. */
function continued(
  known: Float64Array,
  lags: readonly number[],
  weights: Float64Array,
  horizon: number,
): Float64Array {
  const path = new Float64Array(known.length + horizon);
  path.set(known);
  for (let at = known.length; at < path.length; at++) {
    let value = weights[0]!;
    for (let lag = 0; lag < lags.length; lag++) value += weights[lag + 1]! * (path[at - lags[lag]!] ?? 0);
    path[at] = Math.min(BOUND, Math.max(-BOUND, value));
  }
  return path.subarray(known.length);
}

function accumulated(path: Float64Array, from: number): Float64Array {
  let level = from;
  return path.map((step) => (level += step));
}

/**
 * An autoregression on the last values and on those around each season ago, fitted by ridge
 * regression and run forward step by step. Several seasons may overlap (hours of the day and of the
 * week), which smoothing with one season cannot see.
 */
export function autoregression(options: AutoregressionOptions = {}): LocalMethod {
  const { seasons = [], difference = false } = options;
  return {
    name: 'autoregression',
    minLength: 12,
    fit(history, seasonLength): LocalFit {
      const log = options.log === true && history.every((value) => value > 0);
      const scale = scaleOf(history, log);
      const known = scaled(history, scale);
      const worked = difference ? steps(known) : known;
      const lags = lagsFor(worked.length, seasons.length > 0 ? seasons : [seasonLength]);
      if (lags.length === 0 || worked.length < 2 * lags.length + 8) return carryingOn;
      const weights = ridgeOnLags(worked, lags, penaltyOf(worked.length));
      return {
        forecast(beginning, horizon) {
          const before = scaled(beginning, scale);
          const path = continued(difference ? steps(before) : before, lags, weights, horizon);
          const levels = difference ? accumulated(path, before[before.length - 1]!) : path;
          return levels.map((value) => {
            const unscaled = value * scale.unit + scale.centre;
            return log ? Math.exp(unscaled) : unscaled;
          });
        },
      };
    },
  };
}

/** Too short for a regression: the last value. */
const carryingOn: LocalFit = {
  forecast: (beginning, horizon) => flat(beginning[beginning.length - 1]!, horizon),
};

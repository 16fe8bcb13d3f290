import { solveTwo } from '../optimise/least-squares.js';
import { minimiseInBox, type Bounds } from '../optimise/nelder-mead.js';
import type { LocalFit, LocalMethod } from './local-method.js';

/** Holt's linear trend with damping φ (1 for none); β is the weight of the trend, at most α. */
export interface HoltParameters {
  readonly alpha: number;
  readonly beta: number;
  readonly phi: number;
}

interface State {
  level: number;
  trend: number;
}

/** Runs the recursion and hands each one-step error to `onError`; the state is changed in place. */
function run(
  history: Float64Array | undefined,
  length: number,
  { alpha, beta, phi }: HoltParameters,
  state: State,
  errors?: Float64Array,
): void {
  for (let index = 0; index < length; index++) {
    const expected = state.level + phi * state.trend;
    const error = (history ? history[index]! : 0) - expected;
    if (errors) errors[index] = error;
    state.level = expected + alpha * error;
    state.trend = phi * state.trend + beta * error;
  }
}

/**
 * One-step errors are linear in the initial level and trend, so for given weights both follow from
 * two regressors: the errors of a unit level and of a unit trend on a history of zeros.
 */
function bestStart(history: Float64Array, parameters: HoltParameters): State & { cost: number } {
  const errors = [0, 1, 2].map(() => new Float64Array(history.length)) as [
    Float64Array,
    Float64Array,
    Float64Array,
  ];
  run(history, history.length, parameters, { level: 0, trend: 0 }, errors[0]);
  run(undefined, history.length, parameters, { level: 1, trend: 0 }, errors[1]);
  run(undefined, history.length, parameters, { level: 0, trend: 1 }, errors[2]);
  const dot = (a: Float64Array, b: Float64Array): number =>
    a.reduce((sum, value, index) => sum + value * b[index]!, 0);
  const [y, u, v] = errors;
  const [level, trend] = solveTwo({
    uu: dot(u, u),
    uv: dot(u, v),
    vv: dot(v, v),
    uy: -dot(u, y),
    vy: -dot(v, y),
  });
  const cost = y.reduce((sum, error, index) => sum + (error + level * u[index]! + trend * v[index]!) ** 2, 0);
  return { level, trend, cost };
}

function fitTrend(history: Float64Array, phiRange: readonly [number, number]): LocalFit {
  const shift = history[0]!;
  const centred = history.map((value) => value - shift);
  const read = ([alpha = 0, share = 0, phi = 1]: Iterable<number>): HoltParameters => ({
    alpha,
    beta: alpha * share,
    phi,
  });
  const bounds: Bounds = [[0.01, 0.99], [0.001, 0.99], phiRange];
  const start = [0.3, 0.1, (phiRange[0] + phiRange[1]) / 2];
  const free = phiRange[0] === phiRange[1] ? 2 : 3;
  const cost = (point: Iterable<number>): number =>
    bestStart(centred, read(free === 2 ? [...point, phiRange[0]] : point)).cost;
  const found = minimiseInBox(cost, start.slice(0, free), bounds.slice(0, free));
  const parameters = read(free === 2 ? [...found, phiRange[0]] : found);
  const initial = bestStart(centred, parameters);
  return {
    forecast(beginning, horizon) {
      const state = { level: initial.level + shift, trend: initial.trend };
      run(beginning, beginning.length, parameters, state);
      let damping = 0;
      return Float64Array.from({ length: horizon }, (_, step) => {
        damping += parameters.phi ** (step + 1);
        return state.level + damping * state.trend;
      });
    },
  };
}

/** Holt's linear trend. */
export const holt: LocalMethod = {
  name: 'holt',
  minLength: 4,
  fit: (history) => fitTrend(history, [1, 1]),
};

/** Holt's trend damped by φ in [0.8, 0.98] (Gardner & McKenzie 1985). */
export const holtDamped: LocalMethod = {
  name: 'holt-damped',
  minLength: 5,
  fit: (history) => fitTrend(history, [0.8, 0.98]),
};

import type { EtsForm } from './ets-form.js';

/** Smoothing weights and the state before the first value. */
export interface EtsParameters {
  alpha: number;
  /** Weight of the trend, at most alpha. */
  beta: number;
  /** Weight of the season, at most 1 − alpha. */
  gamma: number;
  /** Damping of the trend, 1 for none. */
  phi: number;
  level: number;
  slope: number;
}

/** Where the recursion stands after the last value. */
export interface EtsState {
  level: number;
  slope: number;
  /** One index a phase, the phase of the next value at `phase`. */
  readonly season: Float64Array;
  phase: number;
}

const SMALL = 1e-9;

/**
 * Runs the state-space recursions of Hyndman, Koehler, Ord & Snyder (2008, tables 2.2 and 2.3) over
 * `values` and leaves the last state in `state`, whose season holds the indices to begin with.
 *
 * @returns the sum of squared errors (relative ones for a multiplicative error) and twice the sum of
 * the logarithms that its likelihood adds; both infinite where a form cannot take the values
 */
export function filterEts(
  values: Float64Array,
  form: EtsForm,
  parameters: EtsParameters,
  state: EtsState,
): { squares: number; logs: number } {
  const { alpha, beta, gamma, phi } = parameters;
  const relative = form.error === 'multiplicative';
  const additive = form.season === 'additive';
  const multiplicative = form.season === 'multiplicative';
  const { season } = state;
  let { level, slope } = parameters;
  let phase = 0;
  let squares = 0;
  let logs = 0;
  for (let at = 0; at < values.length; at++) {
    const base = level + phi * slope;
    const index = additive || multiplicative ? season[phase]! : 0;
    const expected = multiplicative ? base * index : base + index;
    const error = values[at]! - expected;
    if (relative) {
      if (!(expected > SMALL)) return { squares: Infinity, logs: Infinity };
      const share = error / expected;
      squares += share * share;
      logs += Math.log(expected);
    } else squares += error * error;
    const move = multiplicative ? error / index : error;
    level = base + alpha * move;
    slope = phi * slope + beta * move;
    if (additive) season[phase] = index + gamma * error;
    else if (multiplicative) season[phase] = index + (gamma * error) / base;
    if (++phase >= season.length) phase = 0;
  }
  state.level = level;
  state.slope = slope;
  state.phase = phase;
  return { squares, logs: 2 * logs };
}

/** The path that follows a state. */
export function pathFrom(state: EtsState, form: EtsForm, phi: number, horizon: number): Float64Array {
  const path = new Float64Array(horizon);
  let damping = 0;
  let power = 1;
  for (let step = 0; step < horizon; step++) {
    power *= phi;
    damping += power;
    const base = state.level + damping * state.slope;
    const index = state.season[(state.phase + step) % state.season.length]!;
    path[step] = form.season === 'none' ? base : form.season === 'additive' ? base + index : base * index;
  }
  return path;
}

import { minimiseOnInterval } from '../optimise/line-search.js';
import { flat, type LocalMethod } from './local-method.js';

/** Smoothing weight and the level before the first value. */
export interface SesParameters {
  readonly alpha: number;
  readonly initialLevel: number;
}

/** The level after the last value: l_t = α·y_t + (1 − α)·l_{t−1}. */
export function sesLevel(history: Float64Array, { alpha, initialLevel }: SesParameters): number {
  let level = initialLevel;
  for (let index = 0; index < history.length; index++) level += alpha * (history[index]! - level);
  return level;
}

/**
 * One-step errors are linear in the initial level, so for each α the best level is a quotient of sums.
 */
function bestLevel(history: Float64Array, alpha: number): { initialLevel: number; cost: number } {
  let level = 0;
  let weight = 1;
  let errorSquares = 0;
  let weightSquares = 0;
  let products = 0;
  for (let index = 0; index < history.length; index++) {
    const error = history[index]! - level;
    errorSquares += error * error;
    weightSquares += weight * weight;
    products += error * weight;
    level += alpha * error;
    weight *= 1 - alpha;
  }
  return {
    initialLevel: products / weightSquares,
    cost: errorSquares - (products * products) / weightSquares,
  };
}

/** α in [0.01, 0.99] and the initial level of the least sum of squared one-step errors. */
export function fitSes(history: Float64Array): SesParameters {
  const shift = history[0]!;
  const centred = history.map((value) => value - shift);
  const alpha = minimiseOnInterval((candidate) => bestLevel(centred, candidate).cost, 0.01, 0.99);
  return { alpha, initialLevel: bestLevel(centred, alpha).initialLevel + shift };
}

/** Simple exponential smoothing. */
export const ses: LocalMethod = {
  name: 'ses',
  minLength: 2,
  fit(history) {
    const parameters = fitSes(history);
    return { forecast: (beginning, horizon) => flat(sesLevel(beginning, parameters), horizon) };
  },
};

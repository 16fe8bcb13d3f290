import { solveSymmetric } from '../methods/autoregression/ridge.js';
import type { CalibrationSettings } from './lateness-settings.js';

/** An outcome with the signals that were given for it, log-odds each. */
export interface BlendCase {
  readonly signals: readonly number[];
  readonly isYes: boolean;
  /** How much it counts, 0 to 1. */
  readonly weight: number;
}

const STEPS = 25;
const LEAST_LENGTH = 1e-3;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

const dot = (weights: readonly number[], signals: readonly number[]): number =>
  signals.reduce((sum, signal, at) => sum + weights[at]! * signal, weights[signals.length]!);

/** What fitting makes small: how surprising the outcomes are, and how far the weights went. */
function costOf(cases: readonly BlendCase[], weights: readonly number[], { held, holds }: Ridge): number {
  const far = weights.reduce((sum, value, at) => sum + (holds[at]! * (value - held[at]!) ** 2) / 2, 0);
  return cases.reduce((sum, { signals, isYes, weight }) => {
    const odds = dot(weights, signals);
    // log(1 + exp(x)) without overflow
    return sum + weight * (Math.max(0, odds) + Math.log1p(Math.exp(-Math.abs(odds))) - (isYes ? odds : 0));
  }, far);
}

interface Ridge {
  readonly held: readonly number[];
  readonly holds: readonly number[];
}

function newtonStep(
  cases: readonly BlendCase[],
  weights: readonly number[],
  { held, holds }: Ridge,
): Float64Array {
  const size = holds.length;
  const lower = new Float64Array(size * size);
  const right = holds.map((hold, at) => hold * (weights[at]! - held[at]!));
  holds.forEach((hold, at) => (lower[at * size + at] = hold));
  for (const { signals, isYes, weight } of cases) {
    const p = sigmoid(dot(weights, signals));
    const x = [...signals, 1];
    x.forEach((one, row) => {
      for (let column = 0; column <= row; column += 1)
        lower[row * size + column]! += weight * p * (1 - p) * one * x[column]!;
      right[row]! += weight * (p - (isYes ? 1 : 0)) * one;
    });
  }
  return solveSymmetric(lower, Float64Array.from(right), size);
}

/**
 * A probability from several opinions given as log-odds: each has a weight, learnt on outcomes and held towards an equal share, and
 * there is an offset (logistic regression with a ridge, by Newton's method, its steps halved while they would do harm). With
 * one signal it is Platt's scaling.
 *
 * @param count of signals, 1 or more
 * @returns the probability for the signals of a new case; without cases the mean opinion
 */
export function logisticBlend(
  cases: readonly BlendCase[],
  count: number,
  { holdSignal, holdOffset }: Pick<CalibrationSettings, 'holdSignal' | 'holdOffset'>,
): (signals: readonly number[]) => number {
  const held = [...Array.from({ length: count }, () => 1 / count), 0];
  const ridge: Ridge = { held, holds: held.map((_, at) => (at < count ? holdSignal : holdOffset)) };
  let weights: readonly number[] = held;
  let cost = costOf(cases, weights, ridge);
  for (let step = 0; step < STEPS; step += 1) {
    const from = cost;
    const change = newtonStep(cases, weights, ridge);
    for (let length = 1; length > LEAST_LENGTH && cost === from; length /= 2) {
      const moved = weights.map((value, at) => value - length * change[at]!);
      const next = costOf(cases, moved, ridge);
      if (next < cost) [weights, cost] = [moved, next];
    }
    if (cost === from) break;
  }
  return (signals) => sigmoid(dot(weights, signals));
}

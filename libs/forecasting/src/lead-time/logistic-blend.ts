/** An outcome with the signals that were given for it, log-odds each. */
export interface BlendCase {
  readonly signals: readonly number[];
  readonly isYes: boolean;
  /** How much it counts, 0 to 1. */
  readonly weight: number;
}

const STEPS = 25;
const LEAST_LENGTH = 1e-3;
/** Strength with which each weight of a signal, and the offset, are held where they began. */
const HOLD_SIGNAL = 20;
const HOLD_OFFSET = 5;

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));

/** Solves the system in place by Gauss; rows are coefficients and then the right side. */
function solve(rows: number[][]): number[] {
  rows.forEach((top, at) => {
    for (const row of rows.slice(at + 1)) {
      const times = row[at]! / top[at]!;
      top.forEach((value, column) => (row[column]! -= times * value));
    }
  });
  const found = rows.map(() => 0);
  for (let at = rows.length - 1; at >= 0; at -= 1) {
    const row = rows[at]!;
    const known = found.reduce((sum, value, column) => (column > at ? sum + value * row[column]! : sum), 0);
    found[at] = (row.at(-1)! - known) / row[at]!;
  }
  return found;
}

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
): number[] {
  const last = holds.length;
  const system = holds.map((hold, at) => [
    ...holds.map((_, column) => (column === at ? hold : 0)),
    hold * (weights[at]! - held[at]!),
  ]);
  for (const { signals, isYes, weight } of cases) {
    const p = sigmoid(dot(weights, signals));
    const x = [...signals, 1];
    x.forEach((one, at) => {
      x.forEach((other, column) => (system[at]![column]! += weight * p * (1 - p) * one * other));
      system[at]![last]! += weight * (p - (isYes ? 1 : 0)) * one;
    });
  }
  return solve(system);
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
): (signals: readonly number[]) => number {
  const held = [...Array.from({ length: count }, () => 1 / count), 0];
  const ridge: Ridge = { held, holds: held.map((_, at) => (at < count ? HOLD_SIGNAL : HOLD_OFFSET)) };
  let weights: readonly number[] = held;
  let cost = costOf(cases, weights, ridge);
  for (let step = 0; step < STEPS; step += 1) {
    const change = newtonStep(cases, weights, ridge);
    for (let length = 1; length > LEAST_LENGTH; length /= 2) {
      const moved = weights.map((value, at) => value - length * change[at]!);
      const next = costOf(cases, moved, ridge);
      if (!(next < cost)) continue;
      [weights, cost] = [moved, next];
      break;
    }
  }
  return (signals) => sigmoid(dot(weights, signals));
}

import type { LocalFit, LocalMethod } from '../methods/local-method.js';
import type { FilledHistory } from '../series/gaps.js';
import { substituteFor, type Member } from './members.js';

/** What every member says from one origin: member after member, `horizon` numbers each. */
export interface MemberPaths {
  readonly paths: Float64Array;
  /** Root mean square error of the member by step on the history it was fitted to. */
  readonly spreads: Float64Array;
}

/** Origins inside the history from which a member's spread is taken. */
const SPREAD_ORIGINS = 10;
/** A path may leave the range of its history by three times its width; further says nothing. */
const LEEWAY = 3;

interface Range {
  readonly low: number;
  readonly high: number;
}

function rangeOf(values: Float64Array): Range {
  let [least, most] = [Infinity, -Infinity];
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  if (!(most >= least)) return { low: 0, high: 0 };
  const width = most - least || Math.abs(most);
  const low = least - LEEWAY * width;
  return { low: least >= 0 ? Math.max(0, low) : low, high: most + LEEWAY * width };
}

function held(path: Float64Array, { low, high }: Range, last: number): Float64Array {
  for (let step = 0; step < path.length; step++) {
    const value = path[step]!;
    path[step] = Number.isFinite(value) ? Math.min(high, Math.max(low, value)) : last;
  }
  return path;
}

/** The size of a step of the history: the least a spread may be, so that nothing is called certain. */
function stepSize(values: Float64Array): number {
  let sum = 0;
  for (let at = 1; at < values.length; at++) sum += Math.abs(values[at]! - values[at - 1]!);
  const mean = values.length > 1 ? sum / (values.length - 1) : 0;
  return mean || Math.abs(values[values.length - 1] ?? 0) || 1;
}

/**
 * Evenly spread origins in the last two thirds of the history, each leaving at least one value and, as
 * far as the history allows, knowing two seasons: with less, a method forecasts without its season.
 */
function spreadOrigins(length: number, minLength: number, seasonLength: number): number[] {
  const last = length - 1;
  const seasons = Math.min(2 * seasonLength, Math.floor((2 * length) / 3));
  const first = Math.max(minLength, Math.ceil(length / 3), seasons, 1);
  if (last < first) return [];
  const count = Math.min(SPREAD_ORIGINS, last - first + 1);
  return Array.from({ length: count }, (_, at) => Math.round(last - ((last - first) * at) / count));
}

/** Root mean squares by step, never falling; steps that no origin reached grow as a random walk does. */
function spreadsOf(
  fit: LocalFit,
  { values, observed }: FilledHistory,
  horizon: number,
  minLength: number,
  range: Range,
  seasonLength: number,
): Float64Array {
  const squares = new Float64Array(horizon);
  const counts = new Float64Array(horizon);
  for (const origin of spreadOrigins(values.length, minLength, seasonLength)) {
    const steps = Math.min(horizon, values.length - origin);
    const path = held(fit.forecast(values.subarray(0, origin), steps), range, values[origin - 1]!);
    for (let step = 0; step < steps; step++) {
      const error = observed[origin + step]! - path[step]!;
      if (Number.isNaN(error)) continue;
      squares[step]! += error * error;
      counts[step]!++;
    }
  }
  const least = 0.05 * stepSize(values);
  let known = least;
  let knownAt = 0;
  return squares.map((square, step) => {
    if (counts[step]! >= 2) {
      known = Math.max(known, Math.sqrt(square / counts[step]!));
      knownAt = step;
      return known;
    }
    return known * Math.sqrt((step + 1) / (knownAt + 1));
  });
}

function methodFor({ method }: Member, values: Float64Array): LocalMethod {
  return values.length < Math.max(1, method.minLength) ? substituteFor(values.length) : method;
}

/** The path and the spread of every member from the end of `history`. */
export function memberPaths(
  members: readonly Member[],
  history: FilledHistory,
  seasonLength: number,
  horizon: number,
): MemberPaths {
  const { values } = history;
  const range = rangeOf(values);
  const paths = new Float64Array(members.length * horizon);
  const spreads = new Float64Array(members.length * horizon);
  members.forEach((member, at) => {
    const method = methodFor(member, values);
    const fit = method.fit(values, seasonLength);
    const last = values[values.length - 1] ?? 0;
    paths.set(held(fit.forecast(values, horizon), range, last), at * horizon);
    spreads.set(spreadsOf(fit, history, horizon, method.minLength, range, seasonLength), at * horizon);
  });
  return { paths, spreads };
}

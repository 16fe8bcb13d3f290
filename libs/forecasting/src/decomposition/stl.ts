import { median } from '../methods/local-method.js';
import { loess } from './loess.js';

/** A series as the sum of what changes slowly, what comes again, and the rest. */
export interface Stl {
  readonly trend: Float64Array;
  readonly season: Float64Array;
}

/** Looks at values that stand far off with less and less weight, so often. */
const ROBUST_ROUNDS = 10;

/**
 * Seasonal-trend decomposition by local regression (Cleveland, Cleveland, McRae and Terpenning 1990), with the weights that keep
 * single odd values out of trend and season.
 *
 * @param values two seasons at least, none missing
 * @param seasonLength values in a season, 2 or more
 * @param seasonWindow how many seasons a value of the season is smoothed over, odd, 7 or more
 */
export function stl(values: Float64Array, seasonLength: number, seasonWindow: number): Stl {
  const windows = {
    season: seasonWindow,
    low: odd(seasonLength),
    trend: odd((1.5 * seasonLength) / (1 - 1.5 / seasonWindow)),
  };
  let parts: Stl = { trend: new Float64Array(values.length), season: new Float64Array(values.length) };
  let weights: Float64Array = new Float64Array(values.length).fill(1);
  for (let round = 0; round <= ROBUST_ROUNDS; round++) {
    parts = once(values, parts.trend, weights, seasonLength, windows);
    const { trend, season } = parts;
    weights = bisquare(values.map((value, at) => value - trend[at]! - season[at]!));
  }
  return parts;
}

interface Windows {
  readonly season: number;
  readonly low: number;
  readonly trend: number;
}

function once(
  values: Float64Array,
  trend: Float64Array,
  weights: Float64Array,
  length: number,
  windows: Windows,
): Stl {
  const cycle = cycles(
    values.map((value, at) => value - trend[at]!),
    weights,
    length,
    windows.season,
  );
  const low = smoothed(average(average(average(cycle, length), length), 3), windows.low);
  const season = low.map((value, at) => cycle[length + at]! - value);
  const rest = values.map((value, at) => value - season[at]!);
  return { season, trend: smoothed(rest, windows.trend, weights) };
}

/** Each phase of the season smoothed by itself, with one season more at either end. */
function cycles(values: Float64Array, weights: Float64Array, length: number, window: number): Float64Array {
  const all = new Float64Array(values.length + 2 * length);
  for (let phase = 0; phase < length; phase++) {
    const count = Math.ceil((values.length - phase) / length);
    const every = (of: Float64Array): Float64Array =>
      Float64Array.from({ length: count }, (_, at) => of[phase + at * length]!);
    const wide = Array.from({ length: count + 2 }, (_, at) => at - 1);
    const fits = loess(every(values), wide, { window, degree: 0, weights: every(weights) });
    fits.forEach((fit, at) => (all[phase + at * length] = fit));
  }
  return all;
}

/** The mean of each `length` values that follow one another. */
function average(values: Float64Array, length: number): Float64Array {
  const means = new Float64Array(values.length - length + 1);
  let sum = 0;
  values.forEach((value, at) => {
    sum += value - (at >= length ? values[at - length]! : 0);
    if (at >= length - 1) means[at - length + 1] = sum / length;
  });
  return means;
}

/** Full weight for a rest of 0, none beyond six times the median. */
function bisquare(rest: Float64Array): Float64Array {
  const sizes = rest.map(Math.abs);
  const bound = 6 * median(sizes);
  return sizes.map((size) =>
    bound === 0 || size <= 0.001 * bound ? 1 : size >= bound ? 0 : (1 - (size / bound) ** 2) ** 2,
  );
}

/** A wide window changes little from one value to the next: it is fitted at a tenth of its width and drawn straight between. */
function smoothed(values: Float64Array, window: number, weights?: Float64Array): Float64Array {
  const step = Math.ceil(window / 10);
  const last = values.length - 1;
  const places = Array.from({ length: Math.ceil(last / step) }, (_, at) => at * step).concat(last);
  const fits = loess(values, places, { window, degree: 1, weights });
  return values.map((_, at) => {
    const left = Math.min(Math.floor(at / step), places.length - 2);
    if (left < 0) return fits[0]!;
    const share = (at - places[left]!) / (places[left + 1]! - places[left]!);
    return fits[left]! + share * (fits[left + 1]! - fits[left]!);
  });
}

/** The next odd whole number. */
function odd(value: number): number {
  const whole = Math.ceil(value);
  return whole % 2 === 1 ? whole : whole + 1;
}

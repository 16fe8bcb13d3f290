import { stl } from '../decomposition/stl.js';
import { leastSquaresFit } from '../optimise/least-squares.js';
import { fillGaps } from '../series/gaps.js';

/** Pairs of waves and the degree of the curve that gaps are filled with before the season is known. */
const MOST_WAVES = 5;
const MOST_DEGREE = 6;
/** Seasons that a value of the season is smoothed over, as `mstl` of R does for the first of them. */
const SEASON_WINDOW = 11;
/** Filled values may leave the range of those observed by so much of its width; else the line is taken. */
const LEEWAY = 0.5;

/**
 * Fills gaps as the peers of the published figures do (`na.interp` of R's forecast): the season is told robustly by STL on a
 * first filling by waves and a curve, and what is left without it is joined by straight lines. Without a season, with two seasons
 * of observations or fewer, or where that leads far out of range, by straight lines alone.
 *
 * Missing values at the beginning are cut off. The answer is kept: neither it nor `values` may be written to.
 */
export function interpolateSeasonally(values: Float64Array, seasonLength: number): Float64Array {
  const known = filled.get(values);
  if (known?.seasonLength === seasonLength) return known.values;
  const made = fill(values, seasonLength);
  filled.set(values, { seasonLength, values: made });
  return made;
}

/** Every method and measure asks for the same histories, which nobody writes to. */
const filled = new WeakMap<Float64Array, { readonly seasonLength: number; readonly values: Float64Array }>();

function fill(values: Float64Array, seasonLength: number): Float64Array {
  const { values: onLine, observed } = fillGaps(values, 1);
  const known = observed.reduce((count, value) => count + (Number.isNaN(value) ? 0 : 1), 0);
  if (known === observed.length || seasonLength <= 1 || known <= 2 * seasonLength) return onLine;
  const { season } = stl(filledByWaves(observed, seasonLength), seasonLength, SEASON_WINDOW);
  const without = observed.map((value, at) => value - season[at]!);
  const joined = fillGaps(without, 1).values;
  const whole = observed.map((value, at) => (Number.isNaN(value) ? joined[at]! + season[at]! : value));
  return staysNear(whole, onLine) ? whole : onLine;
}

function filledByWaves(observed: Float64Array, seasonLength: number): Float64Array {
  const { length } = observed;
  const waves = Math.min(MOST_WAVES, Math.floor(seasonLength / 2));
  const degree = Math.min(MOST_DEGREE, Math.max(1, Math.floor(length / 10)));
  const fit = leastSquaresFit(observed, [
    ...Array.from({ length: degree + 1 }, (_, power) => (at: number) => ((2 * at) / length - 1) ** power),
    ...Array.from({ length: waves }, (_, wave) => {
      const turn = (2 * Math.PI * (wave + 1)) / seasonLength;
      return [(at: number) => Math.cos(turn * at), (at: number) => Math.sin(turn * at)];
    }).flat(),
  ]);
  return observed.map((value, at) => (Number.isNaN(value) ? fit[at]! : value));
}

function staysNear(filled: Float64Array, within: Float64Array): boolean {
  let [low, high] = [Infinity, -Infinity];
  for (const value of within) [low, high] = [Math.min(low, value), Math.max(high, value)];
  const leeway = LEEWAY * (high - low);
  return filled.every((value) => value >= low - leeway && value <= high + leeway);
}

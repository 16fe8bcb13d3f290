import { median } from '../methods/local-method.js';

/** How a local fit is made. */
export interface LoessOptions {
  /** Values that one fit looks at, odd. */
  readonly window: number;
  /** 0 fits a level, 1 a straight line. */
  readonly degree: 0 | 1;
  /** A weight of 0 to 1 for each value beside its distance; all alike by default. */
  readonly weights?: Float64Array;
}

/**
 * Local regression (Cleveland 1979) of values that stand at 0, 1, 2, …, read at some places, which may lie outside. Where the
 * window is wider than there are values, its reach grows with it, so that a wide window fits one straight line.
 *
 * @returns one value a place; where every value near has a weight of 0, their median: their mean would lie where the
 * odd one among them drew it
 * @example loess(new Float64Array([1, 2, 3]), [3], { window: 3, degree: 1 })[0] // 4
 */
export function loess(values: Float64Array, places: readonly number[], options: LoessOptions): Float64Array {
  const near = new Float64Array(Math.min(options.window, values.length));
  const fits = new Float64Array(places.length);
  places.forEach((place, at) => (fits[at] = fitAt(values, place, options, near)));
  return fits;
}

/** @param near room for the weights of as many values as one fit looks at */
function fitAt(values: Float64Array, place: number, options: LoessOptions, near: Float64Array): number {
  const { window, degree, weights } = options;
  const count = near.length;
  const first = Math.max(0, Math.min(values.length - count, Math.round(place - (count - 1) / 2)));
  const last = first + count - 1;
  const reach = Math.max(place - first, last - place) + Math.max(0, (window - values.length) / 2);
  let total = 0;
  for (let at = 0; at < count; at++) {
    near[at] = tricube(Math.abs(first + at - place) / reach) * (weights?.[first + at] ?? 1);
    total += near[at]!;
  }
  if (!(total > 0)) return median(values.subarray(first, last + 1));
  const tilt = degree === 1 ? slope(near, total, first, place) : undefined;
  let sum = 0;
  for (let at = 0; at < count; at++)
    sum += (near[at]! / total) * (tilt ? 1 + tilt.by * (first + at - tilt.centre) : 1) * values[first + at]!;
  return sum;
}

/** What turns a weighted mean into the value of a straight line; undefined where all weight lies on one place. */
function slope(near: Float64Array, total: number, first: number, place: number) {
  let centre = 0;
  for (let at = 0; at < near.length; at++) centre += (near[at]! / total) * (first + at);
  let spread = 0;
  for (let at = 0; at < near.length; at++) spread += (near[at]! / total) * (first + at - centre) ** 2;
  return spread > 1e-12 ? { centre, by: (place - centre) / spread } : undefined;
}

function tricube(distance: number): number {
  if (!(distance < 1)) return distance <= 0 || Number.isNaN(distance) ? 1 : 0;
  const rest = 1 - distance * distance * distance;
  return rest * rest * rest;
}

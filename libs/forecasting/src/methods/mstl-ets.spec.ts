import { describe, expect, it } from '@jest/globals';
import { mstlEts } from './mstl-ets.js';

/** A day within a week: both cycles and a slope. */
const hourly = (at: number): number =>
  500 + 0.2 * at + 40 * Math.sin((2 * Math.PI * at) / 24) + 25 * Math.cos((2 * Math.PI * at) / 168);
const made = (count: number): Float64Array => Float64Array.from({ length: count }, (_, at) => hourly(at));
const worst = (path: Float64Array, from: number): number =>
  Math.max(...path.map((value, step) => Math.abs(value - hourly(from + step))));

describe('exponential smoothing of what MSTL leaves', () => {
  const history = made(672);

  it('carries two seasons on where it is told of both', () => {
    const path = mstlEts([24, 168]).fit(history, 24).forecast(history, 48);
    expect(worst(path, 672)).toBeLessThan(4);
  });

  it('of one season knows no other', () => {
    const path = mstlEts().fit(history, 24).forecast(history, 48);
    expect(worst(path, 672)).toBeGreaterThan(10);
  });

  it('forecasts from a beginning by what that beginning shows', () => {
    const odd = Float64Array.from(history, (value, at) => value + (at >= 500 ? 1000 : 0));
    const path = mstlEts([24]).fit(odd, 24).forecast(odd.subarray(0, 480), 24);
    expect(worst(path, 480)).toBeLessThan(40);
  });

  it('leaves out a season that was seen less than twice', () => {
    const short = made(30);
    const path = mstlEts([24, 168]).fit(short, 24).forecast(short, 4);
    expect(path.every(Number.isFinite)).toBe(true);
  });
});

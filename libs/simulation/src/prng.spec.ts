import { describe, expect, it } from '@jest/globals';
import { createPrng, prngFromState } from './prng.js';

function take(count: number, next: () => number): number[] {
  return Array.from({ length: count }, next);
}

describe('prng', () => {
  it('gives the published first ten outputs of xoshiro128** for the state 1 2 3 4', () => {
    const prng = prngFromState([1, 2, 3, 4]);
    expect(take(10, prng.uint32)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597, 4258142804,
    ]);
  });

  it('gives the same stream for the same seed and label, and another one otherwise', () => {
    const stream = (seed: number, label?: string): number[] => take(50, createPrng(seed, label).uint32);
    expect(stream(7, 'demand')).toEqual(stream(7, 'demand'));
    expect(stream(7, 'demand')).not.toEqual(stream(8, 'demand'));
    expect(stream(7, 'demand')).not.toEqual(stream(7, 'orders'));
    expect(stream(7)).not.toEqual(stream(7 + 2 ** 32));
  });

  it('refuses a seed that is no integer from 0', () => {
    for (const seed of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => createPrng(seed)).toThrow(RangeError);
  });

  it('keeps integers within both bounds and reaches both', () => {
    const prng = createPrng(3);
    const seen = new Set(take(2_000, () => prng.integer(2, 5)));
    expect([...seen].sort((a, b) => a - b)).toEqual([2, 3, 4, 5]);
  });

  it.each([0.3, 4, 40, 90])('draws Poisson numbers whose mean and variance are near %d', (mean) => {
    const prng = createPrng(11, String(mean));
    const draws = take(20_000, () => prng.poisson(mean));
    const average = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    const variance = draws.reduce((sum, draw) => sum + (draw - average) ** 2, 0) / draws.length;
    expect(Math.abs(average / mean - 1)).toBeLessThan(0.03);
    expect(Math.abs(variance / mean - 1)).toBeLessThan(0.06);
  });

  it('draws normal numbers with mean 0 and variance 1', () => {
    const prng = createPrng(5);
    const draws = take(20_000, prng.normal);
    const average = draws.reduce((sum, draw) => sum + draw, 0) / draws.length;
    expect(Math.abs(average)).toBeLessThan(0.03);
    expect(Math.abs(draws.reduce((sum, draw) => sum + draw * draw, 0) / draws.length - 1)).toBeLessThan(0.04);
  });
});

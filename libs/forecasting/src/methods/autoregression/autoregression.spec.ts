import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { autoregression } from './autoregression.js';
import { lagsFor } from './lags.js';
import { ridgeOnLags, solveSymmetric } from './ridge.js';

describe('ridge', () => {
  it('solves a positive definite system', () => {
    const solution = solveSymmetric(Float64Array.of(4, 0, 2, 3), Float64Array.of(10, 8), 2);
    expect([...solution].map((value) => Number(value.toFixed(9)))).toEqual([1.75, 1.5]);
  });

  it('finds the coefficients of an autoregression that has no noise', () => {
    const values = new Float64Array(60);
    values.set([1, -0.5]);
    for (let at = 2; at < 60; at++) values[at] = 1.2 * values[at - 1]! - 0.5 * values[at - 2]! + 0.1;
    const [constant, first, second] = ridgeOnLags(values, [1, 2], 1e-12);
    expect(constant).toBeCloseTo(0.1, 5);
    expect(first).toBeCloseTo(1.2, 5);
    expect(second).toBeCloseTo(-0.5, 5);
  });
});

describe('lags', () => {
  it('surround each season that the history is long enough for', () => {
    expect(lagsFor(100, [12])).toEqual([1, 2, 3, 4, 5, 6, 11, 12, 13, 24]);
    expect(lagsFor(20, [12])).toEqual([1, 2, 3]);
  });
});

describe('autoregression', () => {
  it('sees a season inside a season', () => {
    const noise = seededRandom(2);
    const value = (at: number): number =>
      50 + 10 * Math.sin((2 * Math.PI * at) / 24) + (at % 168 < 120 ? 8 : 0);
    const history = Float64Array.from({ length: 900 }, (_, at) => value(at) + 0.2 * (noise.uniform() - 0.5));
    const path = autoregression({ seasons: [24, 168] })
      .fit(history, 24)
      .forecast(history, 168);
    const error = path.reduce((sum, one, step) => sum + Math.abs(one - value(900 + step)), 0) / 168;
    expect(error).toBeLessThan(1);
  });

  it.each([{}, { log: true }, { difference: true }, { log: true, difference: true }])(
    'with %j goes on from any beginning of the history',
    (options) => {
      const history = Float64Array.from({ length: 80 }, (_, at) => 100 + at + 10 * Math.sin(at));
      const fit = autoregression(options).fit(history, 1);
      expect(fit.forecast(history.subarray(0, 40), 3).every(Number.isFinite)).toBe(true);
    },
  );
});

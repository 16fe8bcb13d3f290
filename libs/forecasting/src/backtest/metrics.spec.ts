import { describe, expect, it } from '@jest/globals';
import {
  bias,
  coverage,
  crps,
  mase,
  meanAbsoluteError,
  owa,
  pinballLoss,
  rmsse,
  seasonalScale,
  smape,
} from './metrics.js';

describe('metrics', () => {
  it('sMAPE is 200·|a−f| over the sum of sizes, and 0 where both are zero', () => {
    expect(smape([100], [50])).toBeCloseTo(66.6667, 4);
    expect(smape([0, 100], [0, 100])).toBe(0);
    expect(smape([0], [5])).toBe(200);
  });

  it('a missing actual is left out of every measure', () => {
    expect(smape([NaN, 100], [7, 50])).toBeCloseTo(66.6667, 4);
    expect(meanAbsoluteError([NaN, 4], [0, 1])).toBe(3);
    expect(bias([NaN, 4], [0, 1])).toBe(-3);
    expect(meanAbsoluteError([NaN], [1])).toBeNaN();
  });

  it('MASE divides by the seasonal step in training, by the plain step on a short history', () => {
    expect(seasonalScale([1, 2, 3, 5], 2)).toBe(2.5);
    expect(seasonalScale([1, 2], 2)).toBe(1);
    expect(mase([10, 10], [5, 10], [1, 2, 3, 5], 2)).toBe(1);
    expect(mase([10], [5], [3, 3, 3], 1)).toBeNaN();
  });

  it('RMSSE divides by the mean squared first difference', () => {
    expect(rmsse([4], [2], [0, 1, 3])).toBeCloseTo(Math.sqrt(4 / 2.5), 12);
    expect(rmsse([4], [2], [3, 3])).toBeNaN();
  });

  it('OWA is 1 for the reference itself', () => {
    expect(owa({ smape: 12, mase: 2 }, { smape: 12, mase: 2 })).toBe(1);
    expect(owa({ smape: 6, mase: 2 }, { smape: 12, mase: 2 })).toBe(0.75);
  });

  it('pinball loss weighs a shortfall by the level and an excess by its rest', () => {
    expect(pinballLoss([10], [8], 0.9)).toBeCloseTo(1.8, 12);
    expect(pinballLoss([8], [10], 0.9)).toBeCloseTo(0.2, 12);
  });

  it('CRPS at the median alone is the absolute error', () => {
    expect(crps([10, 4], [[8, 5]], [0.5])).toBeCloseTo(1.5, 12);
  });

  it('coverage counts both ends as inside', () => {
    expect(coverage([1, 2, 3, 4], [1, 1, 1, 1], [3, 3, 3, 3])).toBe(0.75);
  });
});

import { describe, expect, it } from '@jest/globals';
import { countQuantile, countUnit, dispersionOf } from './count-quantiles.js';

describe('count quantiles', () => {
  it.each([
    [0.5, 0],
    [0.51, 1],
    [0.75, 1],
    [0.9, 3],
    [0.95, 4],
    [0.99, 6],
  ])('of the geometric distribution of mean 1, at %f is %i', (level, expected) => {
    expect(countQuantile({ mean: 1, dispersion: 2, unit: 1 }, level)).toBe(expected);
  });

  it('without over-dispersion are those of a Poisson', () => {
    // P(X <= 4) = 0.947 and P(X <= 5) = 0.983 for a Poisson of mean 2.
    expect(countQuantile({ mean: 2, dispersion: 1, unit: 1 }, 0.94)).toBe(4);
    expect(countQuantile({ mean: 2, dispersion: 1, unit: 1 }, 0.95)).toBe(5);
  });

  it('scale with the unit', () => {
    expect(countQuantile({ mean: 0.25, dispersion: 2, unit: 0.25 }, 0.95)).toBe(1);
  });

  it('of no demand are 0', () => expect(countQuantile({ mean: 0, dispersion: 3, unit: 1 }, 0.99)).toBe(0));
});

describe('count unit', () => {
  it('is 1 for whole numbers', () => expect(countUnit(Float64Array.of(0, 3, NaN, 20))).toBe(1));
  it('is a hundredth of the largest demand for other amounts', () =>
    expect(countUnit(Float64Array.of(0, 2.5, 50))).toBe(0.5));
  it('dispersion is variance over mean', () => expect(dispersionOf(Float64Array.of(0, 4, NaN), 1)).toBe(2));
});

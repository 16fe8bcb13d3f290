import { describe, expect, it } from '@jest/globals';
import { scoreForecast } from './scoring.js';

const levels = [0.1, 0.5, 0.9];
const quantiles = [
  [5, 5],
  [10, 10],
  [15, 15],
];

describe('scoreForecast', () => {
  it('scores each known step against the median', () => {
    const { steps } = scoreForecast({ levels, quantiles, scale: 4 }, [8, 20]);
    expect(steps[0]).toMatchObject({ step: 1, absoluteError: 2, scaledError: 0.5 });
    expect(steps[0]!.smape).toBeCloseTo(400 / 18, 12);
    expect(steps[1]!.pinball[2]).toBeCloseTo(4.5, 12);
  });

  it('sums up over the steps', () => {
    const score = scoreForecast({ levels, quantiles, scale: 4 }, [8, 20]);
    expect(score).toMatchObject({ mae: 6, mase: 1.5, coverage: { '0.8': 0.5 } });
  });

  it('a step that is not known yet is left out', () => {
    expect(scoreForecast({ levels, quantiles }, [NaN, 9]).steps.map(({ step }) => step)).toEqual([2]);
    expect(scoreForecast({ levels, quantiles }, [9])).toMatchObject({ mae: 1, mase: null });
  });

  it('a mean is scored rather than the median where there is one', () => {
    expect(scoreForecast({ levels, quantiles, mean: [8, 8] }, [8]).mae).toBe(0);
  });

  it('refuses to score nothing', () => {
    expect(() => scoreForecast({ levels, quantiles }, [NaN, NaN])).toThrow(/no actual value/);
  });

  it('refuses a forecast without a point', () => {
    expect(() => scoreForecast({ levels: [0.9], quantiles: [[1]] }, [1])).toThrow(/level 0.5/);
  });
});

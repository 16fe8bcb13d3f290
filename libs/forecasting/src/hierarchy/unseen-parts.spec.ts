import { describe, expect, it } from '@jest/globals';
import type { SeriesForecast } from '../contract/forecaster.js';
import { widenedBy } from './unseen-parts.js';

const forecast = (id: string, mean: number, ...quantiles: number[]): SeriesForecast => ({
  ...{ id, method: 'drift' },
  mean: Float64Array.of(mean),
  quantiles: quantiles.map((value) => Float64Array.of(value)),
});

describe('a sum with parts that no origin has seen', () => {
  it('is as unsure as independent errors are together, on each side of its mean', () => {
    const { mean, quantiles } = widenedBy(forecast('all', 100, 97, 103), [forecast('new', 10, 6, 14)]);
    expect([mean[0], ...quantiles.map(([value]) => value)]).toEqual([100, 95, 105]);
  });

  it('has room for more parts than a call takes arguments', () => {
    const parts = Array.from({ length: 250_000 }, () => forecast('new', 0, -2, 2));
    const [low, high] = widenedBy(forecast('all', 5_000, 5_000, 5_000), parts).quantiles;
    expect(low![0]).toBeCloseTo(5_000, 6);
    expect(high![0]).toBeCloseTo(5_000 + 2 * Math.sqrt(250_000), 6);
  });
});

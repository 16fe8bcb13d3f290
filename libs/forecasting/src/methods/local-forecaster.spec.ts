import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { localForecaster } from './local-forecaster.js';
import type { LocalMethod } from './local-method.js';
import { drift, naive, seasonalNaive, windowAverage } from './naive.js';

const context = { rng: seededRandom(1) };

async function forecastOf(method: LocalMethod, values: number[], horizon = 3, seasonLength = 1) {
  const series = [{ id: 's', start: '2020-01-01', values: Float64Array.from(values) }];
  const fitted = await localForecaster(method).fit({ frequency: 'monthly', seasonLength, series }, context);
  const [forecast] = await fitted.predict(horizon, [0.1, 0.5, 0.9]);
  return forecast!;
}

describe('local forecaster', () => {
  it('naive repeats the last value and seasonal naive the last season', async () => {
    expect([...(await forecastOf(naive, [1, 5, 3])).mean]).toEqual([3, 3, 3]);
    expect([...(await forecastOf(seasonalNaive, [9, 1, 2, 3, 4], 5, 2)).mean]).toEqual([3, 4, 3, 4, 3]);
  });

  it('drift goes on along the line from first to last', async () => {
    expect([...(await forecastOf(drift, [1, 9, 5])).mean]).toEqual([7, 9, 11]);
  });

  it('a window average takes the whole of a shorter history', async () => {
    expect([...(await forecastOf(windowAverage(6), [1, 2, 6], 1)).mean]).toEqual([3]);
    expect([...(await forecastOf(windowAverage(2), [1, 2, 6], 1)).mean]).toEqual([4]);
  });

  it('quantiles of a random walk widen with the step and never cross', async () => {
    const rng = seededRandom(3);
    let level = 50;
    const { quantiles } = await forecastOf(
      naive,
      Array.from({ length: 120 }, () => (level += rng.uniform() - 0.5)),
      6,
    );
    expect(quantiles[2]![5]! - quantiles[0]![5]!).toBeGreaterThan(quantiles[2]![0]! - quantiles[0]![0]!);
    for (let step = 0; step < 6; step++) {
      expect(quantiles[0]![step]!).toBeLessThanOrEqual(quantiles[1]![step]!);
      expect(quantiles[1]![step]!).toBeLessThanOrEqual(quantiles[2]![step]!);
    }
  });

  it('a constant history gives quantiles of no width', async () => {
    const { mean, quantiles } = await forecastOf(naive, [4, 4, 4, 4, 4, 4, 4, 4]);
    for (const path of quantiles) expect([...path]).toEqual([...mean]);
  });

  it('a history without an observed value is forecast as zero and says why', async () => {
    const forecast = await forecastOf(drift, [NaN, NaN]);
    expect(forecast).toMatchObject({
      method: 'zero',
      fallback: { from: 'drift', reason: 'no observed value' },
    });
    expect([...forecast.mean]).toEqual([0, 0, 0]);
  });

  it('a history too short falls back to naive and says why', async () => {
    const forecast = await forecastOf(drift, [NaN, 8]);
    expect(forecast.method).toBe('naive');
    expect(forecast.fallback).toEqual({ from: 'drift', reason: 'history has 1 values, drift needs 2' });
    expect(forecast.quantiles[0]![0]).toBeLessThan(8);
  });

  it('refuses a horizon of 0 and levels that do not rise', async () => {
    await expect(forecastOf(naive, [1], 0)).rejects.toMatchObject({ code: 'INVALID_HORIZON' });
    const panel = { frequency: 'daily' as const, seasonLength: 1, series: [] };
    const fitted = await localForecaster(naive).fit(panel, context);
    await expect(fitted.predict(1, [0.9, 0.1])).rejects.toMatchObject({ code: 'INVALID_LEVELS' });
  });

  it('refuses two series of one id', async () => {
    const series = [1, 2].map(() => ({ id: 'a', start: '2020-01-01', values: new Float64Array(1) }));
    const panel = { frequency: 'daily' as const, seasonLength: 1, series };
    await expect(localForecaster(naive).fit(panel, context)).rejects.toMatchObject({ code: 'INVALID_PANEL' });
  });
});

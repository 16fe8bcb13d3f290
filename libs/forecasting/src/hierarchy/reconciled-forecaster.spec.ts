import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import type { Panel, SeriesInput } from '../contract/panel.js';
import { createForecaster } from '../methods/registry.js';
import { hierarchyOf } from './hierarchy.js';
import { reconciledForecaster } from './reconciled-forecaster.js';

const LEVELS = [0.1, 0.5, 0.9];
const hierarchy = hierarchyOf(
  ['a', 'b', 'c', 'd'].map((id, at) => ({ id, sums: ['all', at < 2 ? 'ab' : 'cd'] })),
);

function panelOf(length: number, level: number, noise: number): Panel {
  const random = seededRandom(8);
  const leaves = hierarchy.leaves.map((id): SeriesInput => ({
    id,
    start: '2020-01-01',
    values: Float64Array.from({ length }, (_, at) =>
      Math.max(0, level + 5 * Math.sin(at / 2) + noise * random.normal()),
    ),
  }));
  const sums = hierarchy.sums.map(({ id, parts }): SeriesInput => ({
    id,
    start: '2020-01-01',
    values: Float64Array.from({ length }, (_, at) =>
      parts.reduce((sum, leaf) => sum + leaves[leaf]!.values[at]!, 0),
    ),
  }));
  return { frequency: 'monthly', seasonLength: 12, series: [...sums, ...leaves] };
}

const forecastsOf = async (panel: Panel, horizon: number) => {
  const fitted = await reconciledForecaster(createForecaster('theta'), hierarchy).fit(panel, {
    rng: seededRandom(1),
  });
  return new Map((await fitted.predict(horizon, LEVELS)).map((forecast) => [forecast.id, forecast]));
};

describe('reconciledForecaster', () => {
  it('forecasts sums whose means are the sums of the means of their parts', async () => {
    const found = await forecastsOf(panelOf(60, 40, 12), 6);
    for (const { id, parts } of hierarchy.sums) {
      found.get(id)!.mean.forEach((mean, step) => {
        const sum = parts.reduce((total, leaf) => total + found.get(hierarchy.leaves[leaf]!)!.mean[step]!, 0);
        expect(mean).toBeCloseTo(sum, 9);
      });
      expect(found.get(id)!.reconciled).toEqual({ method: 'mint' });
    }
  });

  it('keeps quantiles in order, and everything at or above 0 where nothing was ever below', async () => {
    const found = await forecastsOf(panelOf(60, 3, 6), 6);
    for (const { mean, quantiles } of found.values()) {
      for (const path of [mean, ...quantiles]) expect(path.every((value) => value >= 0)).toBe(true);
      quantiles.slice(1).forEach((path, at) => {
        expect(path.every((value, step) => value >= quantiles[at]![step]!)).toBe(true);
      });
    }
  });

  it('says so where histories are too short for errors', async () => {
    const found = await forecastsOf(panelOf(9, 40, 12), 6);
    expect(found.get('all')!.reconciled).toMatchObject({
      method: 'structural',
      reason: expect.stringContaining('0 vectors'),
    });
  });

  it('refuses a hierarchy that names a series which is not there', async () => {
    const other = hierarchyOf([{ id: 'a', sums: ['everything'] }]);
    const fitting = reconciledForecaster(createForecaster('naive'), other).fit(panelOf(60, 40, 12), {
      rng: seededRandom(1),
    });
    await expect(fitting).rejects.toMatchObject({
      code: 'INVALID_PANEL',
      message: expect.stringContaining('everything'),
    });
  });
});

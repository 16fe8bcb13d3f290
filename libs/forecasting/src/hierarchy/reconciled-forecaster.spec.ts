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

/** The same panel as if one leaf had begun at period `from`, its sums having had no part of it before. */
function withNewPart(panel: Panel, leaf: string, from: number): Panel {
  const { values: all } = panel.series.find(({ id }) => id === leaf)!;
  const holders = hierarchy.sums.filter(({ parts }) => parts.includes(hierarchy.leaves.indexOf(leaf)));
  const series = panel.series.map((one): SeriesInput => {
    if (one.id === leaf) return { id: leaf, start: '2024-07-01', values: all.slice(from) };
    if (!holders.some(({ id }) => id === one.id)) return one;
    return { ...one, values: one.values.map((value, at) => (at < from ? value - all[at]! : value)) };
  });
  return { ...panel, series };
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

  it('counts a part of six known values once in its sums, and moves its neighbours no further for it', async () => {
    const panel = withNewPart(panelOf(60, 40, 2), 'd', 54);
    const fitted = await reconciledForecaster(createForecaster('naive'), hierarchy).fit(panel, {
      rng: seededRandom(1),
    });
    for (const { id, mean } of await fitted.predict(6, LEVELS)) {
      const last = panel.series.find((one) => one.id === id)!.values.at(-1)!;
      expect(Math.abs(mean[0]! / last - 1)).toBeLessThan(0.06);
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

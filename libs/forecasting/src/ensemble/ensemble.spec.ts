import { describe, expect, it, jest } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import type { Panel } from '../contract/panel.js';
import { createForecaster } from '../methods/registry.js';
import { ensembleForecaster, type FittedEnsemble } from './ensemble-forecaster.js';
import { runInThreads } from './paths-threads.js';
import { seriesPaths } from './series-paths.js';

// Threads that run from source strip their types first.
jest.setTimeout(60_000);

const LEVELS = [0.025, 0.1, 0.5, 0.9, 0.975];
const rng = seededRandom(5);

function seasonal(length: number, from: number): Float64Array {
  const noise = seededRandom(from);
  return Float64Array.from(
    { length },
    (_, at) => 100 + at * 0.5 + 20 * Math.sin((2 * Math.PI * (at + from)) / 12) + 6 * (noise.uniform() - 0.5),
  );
}

const panelOf = (values: readonly Float64Array[], seasonLength = 12): Panel => ({
  frequency: 'monthly',
  seasonLength,
  series: values.map((one, at) => ({ id: `s${at}`, start: '2015-01-01', values: one })),
});

const request = { horizon: 6, seasonLength: 12, seasons: [12], checks: 2 };

describe('ensemble', () => {
  it('is closer to a trend with a season than Naive2', async () => {
    const histories = Array.from({ length: 6 }, (_, at) => seasonal(60, at));
    const panel = panelOf(histories.map((values) => values.subarray(0, 48)));
    const errorOf = async (forecaster: ReturnType<typeof ensembleForecaster>): Promise<number> => {
      const forecasts = await (await forecaster.fit(panel, { rng })).predict(12, []);
      return forecasts.reduce(
        (sum, { mean }, at) =>
          sum + mean.reduce((s, value, step) => s + Math.abs(value - histories[at]![48 + step]!), 0),
        0,
      );
    };
    expect(await errorOf(ensembleForecaster())).toBeLessThan(
      0.85 * (await errorOf(createForecaster('naive2'))),
    );
  });

  it('checks say the same whatever comes after their origin', () => {
    const values = seasonal(80, 3);
    const other = values.slice();
    for (let at = 74; at < 80; at++) other[at]! *= 3;
    const [a, b] = [values, other].map((one) =>
      seriesPaths({ id: 'a', start: '2015-01-01', values: one }, request),
    );
    expect([...b!.checks[0]!.paths]).toEqual([...a!.checks[0]!.paths]);
    expect([...b!.checks[0]!.spreads]).toEqual([...a!.checks[0]!.spreads]);
    expect([...b!.paths]).not.toEqual([...a!.paths]);
  });

  it('a gap at an origin is not filled from what comes after it', () => {
    const values = seasonal(80, 4);
    values[73] = NaN;
    const other = values.slice();
    other[74]! += 50;
    const [a, b] = [values, other].map((one) =>
      seriesPaths({ id: 'a', start: '2015-01-01', values: one }, request),
    );
    expect([...b!.checks[0]!.paths]).toEqual([...a!.checks[0]!.paths]);
  });

  it('threads give what one thread gives', async () => {
    const panel = panelOf(Array.from({ length: 18 }, (_, at) => seasonal(20, at)));
    const [here, there] = await Promise.all(
      [ensembleForecaster(), ensembleForecaster({ runner: runInThreads(2) })].map(async (forecaster) =>
        (await forecaster.fit(panel, { rng })).predict(4, LEVELS),
      ),
    );
    expect(there).toEqual(here);
  });

  it('a twentieth of the values deleted leaves finite forecasts, none below zero', async () => {
    const holes = seededRandom(9);
    const histories = Array.from({ length: 4 }, (_, at) =>
      seasonal(60, at).map((value) => (holes.uniform() < 0.05 ? NaN : value)),
    );
    const forecasts = await (await ensembleForecaster().fit(panelOf(histories), { rng })).predict(8, LEVELS);
    for (const { mean, quantiles } of forecasts) {
      for (const path of [mean, ...quantiles])
        expect(path.every((value) => Number.isFinite(value) && value >= 0)).toBe(true);
    }
  });

  it.each([
    ['nothing', [], 'zero'],
    ['only gaps', [NaN, NaN, NaN], 'zero'],
    ['one value', [7], 'naive'],
    ['two values', [7, 9], 'naive'],
    ['a constant', Array.from({ length: 30 }, () => 5), 'ensemble'],
    ['zeros', Array.from({ length: 30 }, () => 0), 'ensemble'],
    ['huge values', Array.from({ length: 30 }, (_, at) => 1e15 * (2 + Math.sin(at))), 'ensemble'],
    ['tiny values', Array.from({ length: 30 }, (_, at) => 1e-12 * (2 + Math.sin(at))), 'ensemble'],
    ['negative values', Array.from({ length: 30 }, (_, at) => -50 + 10 * Math.sin(at)), 'ensemble'],
  ])('a history of %s has finite forecasts and rising quantiles', async (_, values, method) => {
    const panel = panelOf([Float64Array.from(values)]);
    const [forecast] = await (await ensembleForecaster().fit(panel, { rng })).predict(5, LEVELS);
    expect(forecast!.method).toBe(method);
    expect(forecast!.fallback === undefined).toBe(method === 'ensemble');
    for (let step = 0; step < 5; step++) {
      const column = forecast!.quantiles.map((path) => path[step]!);
      expect(column.every(Number.isFinite)).toBe(true);
      expect([...column].sort((a, b) => a - b)).toEqual(column);
    }
    expect(forecast!.mean.every(Number.isFinite)).toBe(true);
  });

  it('central intervals of a class hold about what they say', async () => {
    const histories = Array.from({ length: 40 }, (_, at) => seasonal(42, 100 + at));
    const panel = panelOf(histories.map((values) => values.subarray(0, 36)));
    const forecasts = await (await ensembleForecaster().fit(panel, { rng })).predict(6, LEVELS);
    let inside = 0;
    forecasts.forEach(({ quantiles }, at) => {
      for (let step = 0; step < 6; step++) {
        const actual = histories[at]![36 + step]!;
        if (actual >= quantiles[1]![step]! && actual <= quantiles[3]![step]!) inside++;
      }
    });
    expect(inside / (40 * 6)).toBeGreaterThan(0.7);
    expect(inside / (40 * 6)).toBeLessThan(0.9);
  });

  it('demand now and then has its own members, and a total near what comes', async () => {
    const draw = seededRandom(11);
    const lumpy = (): Float64Array =>
      Float64Array.from({ length: 48 }, () =>
        draw.uniform() < 0.2 ? 1 + Math.floor(4 * draw.uniform()) : 0,
      );
    const panel = panelOf(Array.from({ length: 60 }, lumpy));
    const fitted = (await ensembleForecaster().fit(panel, { rng })) as FittedEnsemble;
    const forecasts = await fitted.predict(6, LEVELS);
    const mean = forecasts.reduce((sum, forecast) => sum + forecast.mean[0]!, 0) / 60;
    expect(mean).toBeGreaterThan(0.5 * 0.7);
    expect(mean).toBeLessThan(0.5 * 1.3);
    expect(Object.keys((await fitted.weights(6)).intermittent!)).toContain('tsb');
  });
});

import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import type { Forecaster } from '../contract/forecaster.js';
import type { Panel } from '../contract/panel.js';
import { createForecaster } from '../methods/registry.js';
import { backtest, type BacktestOptions } from './backtest.js';
import { evaluationReport } from './report.js';

const options: BacktestOptions = { horizon: 2, levels: [0.1, 0.5, 0.9], folds: 4, seed: 7 };

function noise(ids = ['a', 'b'], length = 40): Panel {
  const rng = seededRandom(4);
  const series = ids.map((id) => ({
    id,
    start: '2020-01-01',
    values: Float64Array.from({ length }, () => 50 + 20 * rng.uniform()),
  }));
  return { frequency: 'monthly', seasonLength: 12, series };
}

/** A forecaster that answers every step with what `see` says of the panel it was given. */
const answering = (see: (panel: Panel) => Float64Array[]): Forecaster => ({
  name: 'answering',
  async fit(panel) {
    const means = see(panel);
    return {
      async predict(horizon, levels) {
        return panel.series.map(({ id }, index) => {
          const mean = Float64Array.from({ length: horizon }, (_, step) => means[index]![step]!);
          return { id, mean, quantiles: levels.map(() => mean), method: 'answering' };
        });
      },
    };
  },
});

const maeOf = (result: Awaited<ReturnType<typeof backtest>>, model: string): number =>
  evaluationReport(result).models[model]!.overall.mae!;

describe('backtest', () => {
  it('a forecaster sees exactly the values before the origin', async () => {
    const panel = noise();
    const lengths: number[] = [];
    const looking = {
      label: 'x',
      create: () =>
        answering((given) => {
          lengths.push(given.series[0]!.values.length, given.series[0]!.values.buffer.byteLength / 8);
          return given.series.map(() => new Float64Array(2).fill(60));
        }),
    };
    const { folds } = await backtest(panel, [looking], options);
    expect(lengths).toEqual([35, 35, 36, 36, 37, 37, 38, 38]);
    expect(folds.map(({ origin }) => origin)).toEqual([
      '2022-12-01',
      '2023-01-01',
      '2023-02-01',
      '2023-03-01',
    ]);
  });

  it('a forecaster that kept hold of the whole panel finds no future in it', async () => {
    const panel = noise();
    const peeking = {
      label: 'peek',
      create: () =>
        answering((given) =>
          given.series.map(({ values }, index) => panel.series[index]!.values.slice(values.length)),
        ),
    };
    await expect(backtest(panel, [peeking], options)).rejects.toMatchObject({
      code: 'INVALID_FORECAST',
      message: expect.stringContaining('model "peek" returned a value that is not finite'),
    });
  });

  it('the panel is whole again after a leak was caught', async () => {
    const panel = noise();
    const peeking = {
      label: 'peek',
      create: () => answering(() => panel.series.map(() => new Float64Array(2).fill(NaN))),
    };
    await expect(backtest(panel, [peeking], options)).rejects.toThrow(/not finite/);
    expect(panel).toEqual(noise());
  });

  it('a forecaster that writes into what it is given changes nobody else’s score', async () => {
    const honest = await backtest(noise(), [], options);
    const panel = noise();
    const vandal = {
      label: 'vandal',
      create: () =>
        answering((given) => {
          for (const { values } of given.series) values.fill(0);
          return given.series.map(() => new Float64Array(2));
        }),
    };
    const result = await backtest(panel, [vandal], options);
    expect(maeOf(result, 'naive')).toBe(maeOf(honest, 'naive'));
    expect(maeOf(result, 'vandal')).toBeGreaterThan(40);
    expect(panel).toEqual(noise());
  });

  it('a forecaster cannot add, drop or replace series', async () => {
    const dropping = {
      label: 'drop',
      create: () =>
        answering((given) => {
          (given.series as unknown as unknown[]).pop();
          return [];
        }),
    };
    await expect(backtest(noise(), [dropping], options)).rejects.toThrow(TypeError);
  });

  it('changing the future changes no forecast', async () => {
    const made = async (panel: Panel): Promise<unknown> => {
      const seen: unknown[] = [];
      const inner = createForecaster('theta');
      const recording: Forecaster = {
        name: 'r',
        fit: async (given, context) => {
          const fitted = await inner.fit(given, context);
          return {
            predict: async (horizon, levels) => {
              const forecasts = await fitted.predict(horizon, levels);
              seen.push(forecasts);
              return forecasts;
            },
          };
        },
      };
      await backtest(panel, [{ label: 'r', create: () => recording }], { ...options, folds: 1 });
      return seen;
    };
    const altered = noise();
    for (const { values } of altered.series) values.fill(9999, values.length - 2);
    expect(await made(altered)).toEqual(await made(noise()));
  });

  it('origins are one date for all series, and a series that has ended is not scored', async () => {
    const panel = noise();
    const [long, short] = panel.series;
    const mixed = { ...panel, series: [long!, { ...short!, values: short!.values.slice(0, 20) }] };
    const report = evaluationReport(await backtest(mixed, [], options));
    expect(report.models.naive!.overall.forecasts).toBe(4);
    expect(report.folds.map(({ series }) => series)).toEqual([2, 2, 2, 2]);
  });

  it('refuses a candidate that takes the label of a baseline', async () => {
    const candidate = { label: 'naive', create: () => createForecaster('naive') };
    await expect(backtest(noise(), [candidate], options)).rejects.toMatchObject({ code: 'INVALID_OPTIONS' });
  });
});

describe('evaluation report', () => {
  it('is the same JSON from the same seed, without NaN, baselines included', async () => {
    const theta = { label: 'theta', create: () => createForecaster('theta') };
    const once = evaluationReport(await backtest(noise(), [theta], options), { groupOf: (id) => `g-${id}` });
    const again = evaluationReport(await backtest(noise(), [theta], options), { groupOf: (id) => `g-${id}` });
    expect(JSON.stringify(again)).toBe(JSON.stringify(once));
    expect(JSON.parse(JSON.stringify(once))).toEqual(once);
    expect(Object.keys(once.models)).toEqual(['naive', 'seasonal-naive', 'naive2', 'theta']);
    expect(Object.keys(once.models.theta!.groups)).toEqual(['g-a', 'g-b']);
    expect(once.models.naive2!.overall.owa).toBe(1);
    expect(once.dataRoot).toBeNull();
  });

  it('has null where a measure is not defined and counts fallbacks', async () => {
    const flat = noise(['a'], 12);
    flat.series[0]!.values.fill(0);
    const candidate = { label: 'tsb', create: () => createForecaster('tsb') };
    const { models } = evaluationReport(await backtest(flat, [candidate], options));
    expect(models.tsb!.overall).toMatchObject({ smape: 0, mase: null, rmsse: null });
    expect(models.tsb!.fallbacks).toEqual({ 'history is all zeros': 4 });
  });
});

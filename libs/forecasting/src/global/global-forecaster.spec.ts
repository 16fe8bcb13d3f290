import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { encodeModel, decodeModel, openEngine, seededRandom, type Engine } from '@tallyhouse/compute';
import { backtest } from '../backtest/backtest.js';
import { evaluationReport } from '../backtest/report.js';
import { forecasterFromArtifact, networkArtifact, readArtifact } from '../artifact/artifact.js';
import type { FittedForecaster, SeriesForecast } from '../contract/forecaster.js';
import type { Panel } from '../contract/panel.js';
import { globalForecaster } from './global-forecaster.js';

// Training shares the machine with other specs.
jest.setTimeout(60_000);

const LEVELS = [0.1, 0.5, 0.9];
const settings = { horizon: 6, hidden: 16, steps: 80, batchSize: 64 };

/** Series of one yearly pattern at different levels, with noise. */
function patterned(count = 24, length = 60): Panel {
  const rng = seededRandom(31);
  const series = Array.from({ length: count }, (_, index) => ({
    id: `s${index}`,
    start: '2018-01-01',
    values: Float64Array.from(
      { length },
      (__, at) => (index + 1) * (20 + 8 * Math.sin((2 * Math.PI * at) / 12) + 2 * rng.normal()),
    ),
  }));
  return { frequency: 'monthly', seasonLength: 12, series };
}

const plain = (forecasts: readonly SeriesForecast[]) =>
  forecasts.map(({ mean, quantiles }) => [mean, ...quantiles].map((path) => [...path]));

describe('global network', () => {
  let engine: Engine;
  let fitted: FittedForecaster;
  let bytes: Uint8Array;
  beforeAll(async () => {
    engine = await openEngine({ device: 'cpu', threads: 1 });
    fitted = await train(5);
    bytes = fitted.toArtifact!();
  });
  afterAll(() => engine.close());

  const train = (seed: number): Promise<FittedForecaster> =>
    globalForecaster(settings, (model) =>
      networkArtifact(model, {
        family: 'demand',
        featureSpec: { measure: 'DEMAND', frequency: 'monthly' },
        dataRoot: null,
        dataBlock: null,
      }),
    ).fit(patterned(), { rng: seededRandom(seed), engine });

  it('the same seed gives the same bytes and another seed others', async () => {
    const [again, other] = [await train(5), await train(6)];
    expect(Buffer.compare(bytes, again.toArtifact!())).toBe(0);
    expect(Buffer.compare(bytes, other.toArtifact!())).not.toBe(0);
  });

  it('an artifact forecasts from its bytes alone as the network that was trained', async () => {
    expect(readArtifact(bytes)).toMatchObject({ family: 'demand', forecaster: 'global-network' });
    const restored = await forecasterFromArtifact(bytes, { engine });
    const refitted = await restored.fit(patterned(), { rng: seededRandom(99) });
    expect(plain(await refitted.predict(6, LEVELS))).toEqual(plain(await fitted.predict(6, LEVELS)));
  });

  it('TensorFlow.js gives the forecasts of onnxruntime within a part in a thousand of the spread', async () => {
    const other = await openEngine({ device: 'tensorflow:cpu' });
    try {
      const restored = await forecasterFromArtifact(bytes, { engine: other });
      const bound = await restored.fit(patterned(), { rng: seededRandom(1) });
      const [theirs, ours] = [await bound.predict(6, LEVELS), await fitted.predict(6, LEVELS)];
      ours.forEach(({ mean, quantiles }, series) =>
        mean.forEach((value, step) => {
          const spread = quantiles[2]![step]! - quantiles[0]![step]!;
          expect(Math.abs(theirs[series]!.mean[step]! - value)).toBeLessThan(spread / 1000);
        }),
      );
    } finally {
      await other.close();
    }
  });

  it('beats the naive methods on series that share a pattern', async () => {
    const candidate = { label: 'network', create: () => globalForecaster({ ...settings, steps: 200 }) };
    const options = { horizon: 6, levels: LEVELS, folds: 1, seed: 3, engine };
    const { models } = evaluationReport(await backtest(patterned(), [candidate], options));
    expect(models.network!.overall.mase!).toBeLessThan(models['seasonal-naive']!.overall.mase!);
    expect(models.network!.overall.mase!).toBeLessThan(models.naive!.overall.mase!);
  });

  it('a forecast scales and shifts with its series', async () => {
    const restored = await forecasterFromArtifact(bytes, { engine });
    const panel = patterned(1);
    const [{ id, start, values }] = panel.series as [Panel['series'][0]];
    const moved = { ...panel, series: [{ id, start, values: values.map((value) => 1000 * value - 7e5) }] };
    const context = { rng: seededRandom(1) };
    const [before] = await (await restored.fit(panel, context)).predict(6, LEVELS);
    const [after] = await (await restored.fit(moved, context)).predict(6, LEVELS);
    before!.quantiles.forEach((path, level) =>
      path.forEach((value, step) =>
        expect((after!.quantiles[level]![step]! + 7e5) / 1000).toBeCloseTo(value, 3),
      ),
    );
  });

  it('quantiles rise at every step, beyond the horizon it was trained for too', async () => {
    const levels = [0.01, 0.1, 0.3, 0.5, 0.8, 0.99];
    const forecasts = await fitted.predict(20, levels);
    const width = (at: number): number => forecasts[0]!.quantiles[5]![at]! - forecasts[0]!.quantiles[0]![at]!;
    for (const { mean, quantiles } of forecasts) {
      expect(mean).toHaveLength(20);
      quantiles
        .slice(1)
        .forEach((path, index) =>
          path.forEach((value, step) => expect(value).toBeGreaterThanOrEqual(quantiles[index]![step]!)),
        );
    }
    expect(width(19)).toBeGreaterThan(width(5));
  });

  it('gaps, zeros, constants, negatives and short series are forecast, the too short by name', async () => {
    const restored = await forecasterFromArtifact(bytes, { engine });
    const histories = [
      [NaN, 3, NaN, 5, 4, NaN, NaN],
      [0, 0, 0, 0, 0],
      Array.from({ length: 40 }, () => 7),
      Array.from({ length: 40 }, (_, at) => -50 - at),
      [1, 2],
      [],
    ];
    const series = histories.map((values, index) => ({
      id: `${index}`,
      start: '2020-01-01',
      values: Float64Array.from(values),
    }));
    const bound = await restored.fit(
      { frequency: 'monthly', seasonLength: 12, series },
      { rng: seededRandom(1) },
    );
    const forecasts = await bound.predict(3, LEVELS);
    expect(forecasts.map(({ id }) => id)).toEqual(['0', '1', '2', '3', '4', '5']);
    for (const { mean } of forecasts) expect([...mean].every(Number.isFinite)).toBe(true);
    expect(forecasts.map(({ fallback }) => fallback?.from)).toEqual([
      undefined,
      undefined,
      undefined,
      undefined,
      'global-network',
      'global-network',
    ]);
    expect(forecasts[5]!.method).toBe('zero');
  });

  it('refuses a panel of another frequency or season, and work without an engine', async () => {
    const restored = await forecasterFromArtifact(bytes, { engine });
    const context = { rng: seededRandom(1) };
    await expect(restored.fit({ ...patterned(), seasonLength: 4 }, context)).rejects.toMatchObject({
      code: 'INVALID_PANEL',
    });
    await expect(forecasterFromArtifact(bytes)).rejects.toMatchObject({ code: 'ENGINE_REQUIRED' });
    await expect(globalForecaster(settings).fit(patterned(), context)).rejects.toMatchObject({
      code: 'ENGINE_REQUIRED',
    });
  });

  it('refuses an artifact whose graph is not the network that its settings describe', async () => {
    const { graph, metadata } = decodeModel(bytes);
    const tampered = metadata.tallyhouse!.replace('"hidden":16', '"hidden":17');
    expect(tampered).not.toBe(metadata.tallyhouse);
    await expect(
      forecasterFromArtifact(encodeModel(graph, { tallyhouse: tampered }), { engine }),
    ).rejects.toThrow(/not the network that the settings describe/);
  });
});

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { decodeModel, encodeModel, openEngine, seededRandom, type Engine } from '@tallyhouse/compute';
import { ensembleNumbers } from '../artifact/ensemble-numbers.js';
import { ensembleArtifact, forecasterFromArtifact, readArtifact } from '../artifact/artifact.js';
import type { SeriesForecast } from '../contract/forecaster.js';
import type { Panel } from '../contract/panel.js';
import { ensembleSettings, learnEnsemble } from './learn-ensemble.js';
import type { EnsembleModel } from './ensemble-model.js';

// A network is trained and two engines are opened beside other specs.
jest.setTimeout(120_000);

const LEVELS = [0.1, 0.5, 0.9];
const HORIZON = 4;
const NETWORK = { hidden: 8, steps: 20, batchSize: 16 };
const description = {
  family: 'demand',
  featureSpec: { measure: 'DEMAND', frequency: 'monthly' },
  dataRoot: null,
  dataBlock: null,
} as const;

/** Series of one season, the last horizon of each times `end`. */
function panelOf(end = 1, count = 22): Panel {
  const random = seededRandom(8);
  const series = Array.from({ length: count }, (_, at) => ({
    id: `s${at}`,
    start: '2020-01-01',
    values: Float64Array.from(
      { length: 40 },
      (__, month) => (100 + 9 * at + 20 * Math.sin(month / 2) + 4 * random.normal()) * (month < 36 ? 1 : end),
    ),
  }));
  return { frequency: 'monthly', seasonLength: 12, series };
}
const paths = ({ mean, quantiles }: SeriesForecast): number[][] =>
  [mean, ...quantiles].map((path) => [...path]);

describe('an ensemble with a network', () => {
  let engine: Engine;
  let model: EnsembleModel;
  let bytes: Uint8Array;
  const learn = (panel = panelOf()): Promise<EnsembleModel> =>
    learnEnsemble(panel, { horizon: HORIZON, network: NETWORK }, { rng: seededRandom(3), engine });
  const said = async (panel: Panel, on = engine): Promise<SeriesForecast[]> => {
    const forecaster = await forecasterFromArtifact(bytes, { engine: on });
    return (await forecaster.fit(panel, { rng: seededRandom(1) })).predict(HORIZON, LEVELS);
  };
  beforeAll(async () => {
    engine = await openEngine({ device: 'cpu', threads: 2 });
    model = await learn();
    bytes = ensembleArtifact(model, description);
  });
  afterAll(() => engine.close());

  it('is one artifact, by the same bytes again, whose weights with that of the network sum to 1', async () => {
    expect(Buffer.compare(ensembleArtifact(await learn(), description), bytes)).toBe(0);
    const weights = ensembleNumbers(bytes)!.filter(({ name }) => name.startsWith('classes.smooth.weights.'));
    expect(weights.map(({ name }) => name)).toContain('classes.smooth.weights.global-network');
    expect(weights.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(1, 5);
    expect(ensembleSettings(readArtifact(bytes).config)).toMatchObject({
      horizon: HORIZON,
      seasons: [12],
      network: NETWORK,
    });
  });

  it('has a network that did not see the horizon on which it was weighed', async () => {
    const other = await learn(panelOf(3));
    expect(other.graph).toEqual(model.graph);
    expect(other.classes).not.toEqual(model.classes);
  });

  it('tells a series to the last bit the same whatever others are beside it, and in which order', async () => {
    const { series, ...kind } = panelOf();
    const all = new Map((await said(panelOf())).map((one) => [one.id, paths(one)]));
    const reversed = await said({ ...kind, series: [...series].reverse() });
    const some = await said({ ...kind, series: series.slice(3, 8) });
    const [alone] = await said({ ...kind, series: series.slice(11, 12) });
    for (const one of [...reversed, ...some, alone!]) expect(paths(one)).toEqual(all.get(one.id));
  });

  it('forecasts with TensorFlow.js within a part in a thousand of the spread', async () => {
    const other = await openEngine({ device: 'tensorflow:cpu' });
    try {
      const [ours, theirs] = [await said(panelOf()), await said(panelOf(), other)];
      ours.forEach(({ mean, quantiles }, at) =>
        mean.forEach((value, step) => {
          const spread = quantiles[2]![step]! - quantiles[0]![step]!;
          expect(Math.abs(theirs[at]!.mean[step]! - value)).toBeLessThan(spread / 1000);
        }),
      );
    } finally {
      await other.close();
    }
  });

  it('says by name where the network could not forecast, and the methods take its share', async () => {
    const values = panelOf().series[0]!.values.slice();
    values.fill(NaN, values.length - 30);
    const [gone, whole] = await said({
      ...panelOf(1, 2),
      series: [{ ...panelOf().series[0]!, values }, panelOf().series[1]!],
    });
    expect(gone).toMatchObject({
      method: 'ensemble',
      fallback: {
        from: 'global-network',
        reason: 'fewer than three observed values in the input window',
      },
    });
    expect(gone!.mean.every((value) => value > 20 && value < 300)).toBe(true);
    expect(whole!.fallback).toBeUndefined();
  });

  it('says null where the panel is too small for a network, and has none where none was asked for', async () => {
    const small = panelOf(1, 3);
    const asked = await learn(small);
    const plain = await learnEnsemble(small, { horizon: HORIZON });
    expect(asked).toEqual({ ...plain, network: null });
    expect(plain).not.toHaveProperty('network');
    expect(ensembleSettings({ ...asked })).toMatchObject({ network: {} });
    const forecaster = await forecasterFromArtifact(ensembleArtifact(asked, description));
    const fitted = await forecaster.fit(small, { rng: seededRandom(1) });
    expect(await fitted.predict(HORIZON, LEVELS)).toHaveLength(3);
  });

  it('needs an engine, and the spacing that it was trained on', async () => {
    await expect(forecasterFromArtifact(bytes)).rejects.toMatchObject({ code: 'ENGINE_REQUIRED' });
    await expect(said({ ...panelOf(), frequency: 'weekly' })).rejects.toThrow('of frequency monthly');
    const settings = { horizon: HORIZON, network: NETWORK };
    await expect(learnEnsemble(panelOf(), settings)).rejects.toMatchObject({ code: 'ENGINE_REQUIRED' });
  });

  it.each([
    ['"hidden":8', '"hidden":9', 'not the network that the settings describe'],
    ['"steps":20', '"steps":0', 'steps is 0'],
    ['"horizon":4,"inputSize"', '"horizon":5,"inputSize"', 'the horizon of the ensemble'],
    ['"global-network":', '"network":', 'must give each of'],
  ])('is refused where %s is %s', async (from, to, words) => {
    const { graph, metadata } = decodeModel(bytes);
    const changed = metadata['tallyhouse']!.replace(from, to);
    expect(changed).not.toBe(metadata['tallyhouse']);
    const file = encodeModel(graph, { tallyhouse: changed });
    await expect(forecasterFromArtifact(file, { engine })).rejects.toThrow(words);
  });
});

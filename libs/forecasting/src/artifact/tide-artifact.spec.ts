import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { decodeModel, encodeModel, openEngine, seededRandom, type Engine } from '@tallyhouse/compute';
import type { SeriesForecast } from '../contract/forecaster.js';
import { plantedPanel } from '../../test/planted-panel.js';
import { tideForecaster, trainedTide, type FittedTide } from '../covariates/tide-forecaster.js';
import { parseChanges } from '../covariates/what-if.js';
import { forecasterFromArtifact, readArtifact, tideArtifact, tideFromArtifact } from './artifact.js';

// Training shares the machine with other specs.
jest.setTimeout(300_000);

const LEVELS = [0.1, 0.5, 0.9];
const { panel } = plantedPanel(3, { elasticity: -1.5, uplift: 1.6 }, { series: 48, length: 48, horizon: 8 });
const settings = { horizon: 4, hidden: 24, steps: 160, batchSize: 96, learningRate: 5e-3 };
const plain = (forecasts: readonly SeriesForecast[]) =>
  forecasts.map(({ mean, quantiles }) => [mean, ...quantiles].map((path) => [...path]));

interface Config {
  covariates: Record<string, unknown>[];
  horizon: unknown;
  calibration: unknown;
  statementsUpTo?: unknown;
}

describe('an artifact of the network with covariates', () => {
  let engine: Engine;
  let fitted: FittedTide;
  let bytes: Uint8Array;
  beforeAll(async () => {
    engine = await openEngine({ device: 'cpu', threads: 1 });
    fitted = await train();
    bytes = fitted.toArtifact!();
  });
  afterAll(() => engine.close());

  const train = (steps = settings.steps): Promise<FittedTide> =>
    tideForecaster({ ...settings, steps }, (model) =>
      tideArtifact(model, {
        family: 'demand',
        featureSpec: { measure: 'DEMAND', frequency: 'monthly' },
        dataRoot: null,
        dataBlock: null,
      }),
    ).fit(panel, { rng: seededRandom(5), engine });
  const context = () => ({ rng: seededRandom(99), engine });
  const changed = (change: (config: Config) => void): Uint8Array => {
    const { graph, metadata } = decodeModel(bytes);
    const manifest = JSON.parse(metadata['tallyhouse']!) as { config: Config };
    change(manifest.config);
    return encodeModel(graph, { tallyhouse: JSON.stringify(manifest) });
  };

  it('is the same bytes from the same seed', async () => {
    const once = async (): Promise<Uint8Array> => (await train(5)).toArtifact!();
    expect(Buffer.compare(await once(), await once())).toBe(0);
  });

  it('forecasts, and answers what if, from its bytes alone as the network that was trained', async () => {
    const restored = await (await forecasterFromArtifact(bytes, { engine })).fit(panel, context());
    expect(plain(await restored.predict(4, LEVELS))).toEqual(plain(await fitted.predict(4, LEVELS)));
    const again = await trainedTide(tideFromArtifact(bytes)!, engine).fit(panel, context());
    expect(again.heard).toEqual(fitted.heard);
    const changes = parseChanges('price -20 %, promotion = 1');
    const told = plain(await again.whatIf(changes).predict(4, LEVELS));
    expect(told).toEqual(plain(await fitted.whatIf(changes).predict(4, LEVELS)));
    expect(told).not.toEqual(plain(await fitted.predict(4, LEVELS)));
  });

  it('says which covariates it takes, how they are read and which were heard', () => {
    const { forecaster, config } = readArtifact(bytes);
    expect(forecaster).toBe('tide');
    const covariates = config['covariates'] as Record<string, unknown>[];
    expect(covariates.map(({ name, kind, isHeard }) => [name, kind, isHeard])).toEqual(
      panel.covariates.map(({ name, kind }, at) => [name, kind, fitted.heard[at]!.isHeard]),
    );
    expect(covariates[3]).toMatchObject({ words: ['north', 'south', 'west'] });
    expect(covariates[0]).toMatchObject({ spread: expect.any(Number) });
  });

  it('goes on from its own medians where more steps are asked for, less sure of them', async () => {
    const [forecast] = await fitted.predict(8, LEVELS);
    const width = (step: number): number => forecast!.quantiles[2]![step]! - forecast!.quantiles[0]![step]!;
    expect(forecast!.mean).toHaveLength(8);
    expect(width(7)).toBeGreaterThan(width(3));
    await expect(fitted.predict(9, LEVELS)).rejects.toThrow(
      'covariate "price" is not known in step 9 of the forecast',
    );
  });

  it('refuses a panel without its covariates, in another order, or of another spacing', async () => {
    const restored = await forecasterFromArtifact(bytes, { engine });
    const { covariates, ...bare } = panel;
    await expect(restored.fit(bare, context())).rejects.toThrow('the panel has no covariates');
    const turned = { ...panel, covariates: covariates.toReversed() };
    await expect(restored.fit(turned, context())).rejects.toThrow('the network was trained with price');
    await expect(restored.fit({ ...panel, seasonLength: 4 }, context())).rejects.toThrow('of season 12');
    await expect(forecasterFromArtifact(bytes)).rejects.toMatchObject({ code: 'ENGINE_REQUIRED' });
  });

  it.each<[string, string, (config: Config) => void]>([
    ['covariates must be a list of 1 to 16', 'the list', (config) => (config.covariates = [])],
    ['the name is', 'a name', ({ covariates }) => (covariates[0]!['name'] = '<b>')],
    ['kind is "odd"', 'a kind', ({ covariates }) => (covariates[0]!['kind'] = 'odd')],
    ['"promotion" occurs twice', 'two names', ({ covariates }) => (covariates[0]!['name'] = 'promotion')],
    ['words must be 1 to 32', 'words', ({ covariates }) => (covariates[3]!['words'] = ['a', 'a'])],
    ['isHeard is neither', 'isHeard', ({ covariates }) => (covariates[1]!['isHeard'] = 'yes')],
    ['the spread above 0', 'a spread', ({ covariates }) => (covariates[1]!['spread'] = 0)],
    ['gain and certainty', 'a gain', ({ covariates }) => (covariates[1]!['gain'] = 'much')],
    ['calibration must hold 9', 'the calibration', (config) => (config.calibration = [1])],
    ['statementsUpTo must be', 'the statements', (config) => (config.statementsUpTo = -1)],
    ['horizon is 1e+300', 'a horizon', (config) => (config.horizon = 1e300)],
    ['not the network', 'which were heard', ({ covariates }) => (covariates[1]!['isHeard'] = false)],
  ])('is refused with "%s", %s being wrong', async (words, _what, change) => {
    await expect(forecasterFromArtifact(changed(change), { engine })).rejects.toThrow(words);
  });
});

import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import { decodeModel, encodeModel, seededRandom } from '@tallyhouse/compute';
import { ensembleNumbers } from '../artifact/ensemble-numbers.js';
import { artifactOf, ensembleArtifact, forecasterFromArtifact, readArtifact } from '../artifact/artifact.js';
import type { SeriesForecast } from '../contract/forecaster.js';
import type { Panel, SeriesInput } from '../contract/panel.js';
import { TRAINED_LEVELS } from '../global/config.js';
import { ensembleForecaster } from './ensemble-forecaster.js';
import { learnEnsemble } from './learn-ensemble.js';
import { trainableEnsemble } from './learned-ensemble.js';
import { membersOf } from './members.js';
import { runInThreads } from './paths-threads.js';

// Members are fitted to many series beside other specs.
jest.setTimeout(120_000);

const context = { rng: seededRandom(1) };
const description = {
  family: 'demand',
  featureSpec: { measure: 'DEMAND', frequency: 'monthly' },
  dataRoot: null,
  dataBlock: null,
} as const;

/** Months of steady sales with a season, and of parts that are asked for now and then. */
function made(seed: number): SeriesInput[] {
  const random = seededRandom(seed);
  const smooth = Array.from({ length: 6 }, (_, at) => ({
    id: `shop ${at}`,
    start: '2020-01-01',
    values: Float64Array.from(
      { length: 60 },
      (__, month) => 100 + 20 * Math.sin((2 * Math.PI * month) / 12) + month / 4 + 4 * random.normal(),
    ),
  }));
  const parts = Array.from({ length: 6 }, (_, at) => ({
    id: `part ${at}`,
    start: '2020-01-01',
    values: Float64Array.from({ length: 60 }, () =>
      random.uniform() < 0.25 ? 1 + Math.floor(4 * random.uniform()) : 0,
    ),
  }));
  return [...smooth, ...parts];
}
const panelOf = (series: SeriesInput[]): Panel => ({ frequency: 'monthly', seasonLength: 12, series });
const plain = (forecasts: readonly SeriesForecast[]) =>
  forecasts.map(({ id, mean, quantiles, method }) => ({
    id,
    method,
    paths: [mean, ...quantiles].map((path) => [...path]),
  }));

describe('an ensemble as an artifact', () => {
  const panel = panelOf(made(3));
  const trained = () =>
    trainableEnsemble({ horizon: 6 }, (model) => ensembleArtifact(model, description)).fit(panel, context);

  let bytes: Uint8Array;
  beforeAll(async () => {
    bytes = (await trained()).toArtifact!();
  });

  it('forecasts from its bytes alone what the ensemble says that it was made from', async () => {
    expect(readArtifact(bytes).forecaster).toBe('ensemble');
    const restored = await (await forecasterFromArtifact(bytes)).fit(panel, context);
    const direct = await ensembleForecaster().fit(panel, context);
    const [found, said] = [
      plain(await restored.predict(6, TRAINED_LEVELS)),
      plain(await direct.predict(6, TRAINED_LEVELS)),
    ];
    found.forEach((one, at) => {
      expect(one).toMatchObject({ id: said[at]!.id, method: 'ensemble' });
      one.paths
        .flat()
        .forEach((value, place) => expect(value).toBeCloseTo(said[at]!.paths.flat()[place]!, 2));
    });
  });

  it('is the same bytes again, and in threads', async () => {
    const inThreads = await trainableEnsemble({ horizon: 6, runner: runInThreads(2) }, (model) =>
      ensembleArtifact(model, description),
    ).fit(panel, context);
    expect(Buffer.compare((await trained()).toArtifact!(), bytes)).toBe(0);
    expect(Buffer.compare(inThreads.toArtifact!(), bytes)).toBe(0);
  });

  it('forecasts a series alike whatever others are beside it', async () => {
    const forecaster = await forecasterFromArtifact(bytes);
    const [alone] = await (await forecaster.fit(panelOf([panel.series[7]!]), context)).predict(6, [0.1, 0.9]);
    const all = await (await forecaster.fit(panel, context)).predict(6, [0.1, 0.9]);
    expect(plain([alone!])).toEqual(plain([all[7]!]));
  });

  it('has learned: what helped here weighs more than the literature says', async () => {
    const steady = made(5).filter(({ id }) => id.startsWith('shop'));
    const { classes } = await learnEnsemble(panelOf(steady), { horizon: 6 });
    const moved = membersOf('smooth', [12]).map(({ name, prior }) => classes.smooth.weights[name]! - prior);
    expect(Math.max(...moved)).toBeGreaterThan(0.05);
    expect(moved.reduce((sum, change) => sum + change, 0)).toBeCloseTo(0, 5);
    // No part was seen: the literature's opinion stands.
    expect(classes.intermittent.weights).toMatchObject({ tsb: 0.4, 'croston-sba': 0.2, mean: 0 });
  });

  it('tells voters its numbers in words, and nothing of another forecaster', () => {
    const numbers = ensembleNumbers(bytes)!;
    const weights = numbers.filter(({ name }) => name.startsWith('classes.smooth.weights.'));
    expect(weights.reduce((sum, { value }) => sum + value, 0)).toBeCloseTo(1, 5);
    expect(numbers.find(({ name }) => name === 'classes.smooth.spreads.0.9')!.meaning).toContain(
      'chance of 10 %',
    );
    expect(numbers.every(({ value, least, most }) => value >= least && value <= most)).toBe(true);
    expect(ensembleNumbers(artifactOf({ ...description, forecaster: 'theta', config: {} }))).toBeNull();
  });

  it('refuses a panel of another season', async () => {
    const forecaster = await forecasterFromArtifact(bytes);
    await expect(forecaster.fit({ ...panel, seasonLength: 4 }, context)).rejects.toThrow(
      'trained on series of season 12, the panel is of season 4',
    );
  });

  type Config = Record<string, unknown> & { classes: Record<string, Record<string, unknown>> };
  it.each<[string, (config: Config) => void]>([
    ['unknown setting "colour"', (config) => (config['colour'] = 1)],
    ['seasonLength must be', (config) => (config['seasonLength'] = 0)],
    ['seasons must be 1 to 4 rising', (config) => (config['seasons'] = [12, 7])],
    ['horizon must be', (config) => (config['horizon'] = 1e9)],
    ['classes is no JSON object', (config) => (config.classes = [] as never)],
    ['classes.intermittent is no JSON object', ({ classes }) => delete classes['intermittent']],
    ['classes.smooth.weights must give each of', ({ classes }) => (classes['smooth']!['weights'] = {})],
    [
      'classes.smooth.spreads must hold 9 numbers',
      ({ classes }) => (classes['smooth']!['spreads'] = [9, 8, 7, 6, 5, 4, 3, 2, 1]),
    ],
    ['classes.smooth.dispersion must be', ({ classes }) => (classes['smooth']!['dispersion'] = -1)],
    ['statementsUpTo must be', (config) => (config['statementsUpTo'] = 'all')],
  ])('is refused with "%s"', async (words, change) => {
    const { graph, metadata } = decodeModel(bytes);
    const manifest = JSON.parse(metadata['tallyhouse']!) as { config: Config };
    change(manifest.config);
    const changed = encodeModel(graph, { tallyhouse: JSON.stringify(manifest) });
    await expect(forecasterFromArtifact(changed)).rejects.toMatchObject({
      code: 'INVALID_OPTIONS',
      message: expect.stringContaining(words),
    });
  });
});

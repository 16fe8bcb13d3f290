import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import type { SeriesForecast } from '../contract/forecaster.js';
import type { Panel, SeriesInput } from '../contract/panel.js';
import { hierarchyOf } from '../hierarchy/hierarchy.js';
import { reconciledForecaster } from '../hierarchy/reconciled-forecaster.js';
import { createForecaster } from '../methods/registry.js';
import { coldStartForecaster } from './cold-start-forecaster.js';

const LEVELS = [0.1, 0.5, 0.9];
const MONTHS = 48;
const season = (at: number): number => 1 + 0.5 * Math.sin((2 * Math.PI * at) / 12);
const nameOf = (index: number): string => (index < 6 ? `season ${index}` : `flat ${index}`);

/** Six products of one yearly shape at different levels, six of another group that are flat, and a newcomer `new`. */
function panelOf(known: number, level: number): Panel {
  const random = seededRandom(3);
  const old = Array.from({ length: 12 }, (_, index): SeriesInput => ({
    id: nameOf(index),
    start: '2020-01-01',
    values: Float64Array.from(
      { length: MONTHS },
      (_v, at) => (10 + 4 * (index % 6)) * (index < 6 ? season(at) : 1) * (1 + 0.05 * random.normal()),
    ),
  }));
  const values = Float64Array.from({ length: MONTHS }, (_, at) =>
    at < MONTHS - known ? NaN : level * season(at),
  );
  return {
    ...{ frequency: 'monthly', seasonLength: 12 },
    series: [...old, { id: 'new', start: '2020-01-01', values }],
  };
}

const hierarchy = hierarchyOf([
  ...Array.from({ length: 12 }, (_, index) => ({
    id: nameOf(index),
    sums: [index < 6 ? 'seasonal' : 'level', 'all'],
  })),
  { id: 'new', sums: ['seasonal', 'all'] },
]);

async function forecastsOf(panel: Panel, sums = hierarchy) {
  const forecaster = coldStartForecaster(createForecaster('seasonal-naive'), sums);
  const fitted = await forecaster.fit(panel, { rng: seededRandom(1) });
  return new Map((await fitted.predict(12, LEVELS)).map((forecast) => [forecast.id, forecast]));
}

const errorOf = (mean: Float64Array, level: number): number =>
  mean.reduce((sum, value, step) => sum + Math.abs(value - level * season(MONTHS + step)), 0) / mean.length;

describe('coldStartForecaster', () => {
  it('gives a product without any history the shape of its group, named as such', async () => {
    const found = (await forecastsOf(panelOf(0, 20))).get('new')!;
    expect(found.method).toBe('cold-start');
    expect(found.fallback!.reason).toBe('0 observed values, 24 are needed: likened to 6 series of seasonal');
    expect(Math.max(...found.mean) / Math.min(...found.mean)).toBeGreaterThan(2);
    expect(errorOf(found.mean, 20)).toBeLessThan(3);
  });

  it('moves to the own level of a product with every value that it has', async () => {
    const errors = await Promise.all(
      [0, 2, 6, 12].map(async (known) =>
        errorOf((await forecastsOf(panelOf(known, 60))).get('new')!.mean, 60),
      ),
    );
    expect(errors).toEqual(errors.toSorted((one, other) => other - one));
    expect(errors[3]).toBeLessThan(errors[0]! / 2);
  });

  it('is less sure of a newcomer than of its peers, and surer with more values', async () => {
    const width = ({ mean, quantiles }: SeriesForecast): number =>
      (quantiles[2]![0]! - quantiles[0]![0]!) / mean[0]!;
    const [none, some] = await Promise.all([forecastsOf(panelOf(0, 20)), forecastsOf(panelOf(6, 20))]);
    expect(width(none.get('new')!)).toBeGreaterThan(2 * width(none.get('season 2')!));
    expect(width(some.get('new')!)).toBeLessThan(width(none.get('new')!));
    for (const { quantiles } of [none.get('new')!, some.get('new')!])
      quantiles.slice(1).forEach((path, at) => {
        expect(path.every((value, step) => value >= quantiles[at]![step]!)).toBe(true);
      });
  });

  it('adds the newcomer to its sums, takes nothing from its peers, and makes sums as unsure as it is', async () => {
    const panel = panelOf(0, 20);
    const total = (of: (id: string) => boolean): Float64Array =>
      Float64Array.from({ length: MONTHS }, (_, at) =>
        panel.series.reduce((sum, { id, values }) => sum + (of(id) ? values[at]! || 0 : 0), 0),
      );
    const sums = [
      { id: 'seasonal', start: '2020-01-01', values: total((id) => id.startsWith('season')) },
      { id: 'level', start: '2020-01-01', values: total((id) => id.startsWith('flat')) },
      { id: 'all', start: '2020-01-01', values: total(() => true) },
    ];
    const inner = coldStartForecaster(createForecaster('seasonal-naive'), hierarchy);
    const whole = { ...panel, series: [...panel.series, ...sums] };
    const fitted = await reconciledForecaster(inner, hierarchy).fit(whole, { rng: seededRandom(1) });
    const found = new Map((await fitted.predict(12, LEVELS)).map((forecast) => [forecast.id, forecast]));
    const peer = (await forecastsOf(panel)).get('season 2')!.mean[0]!;
    expect(Math.abs(found.get('season 2')!.mean[0]! / peer - 1)).toBeLessThan(0.03);
    const above = ({ mean, quantiles }: SeriesForecast): number => quantiles[2]![0]! - mean[0]!;
    expect(above(found.get('seasonal')!)).toBeGreaterThanOrEqual(above(found.get('new')!));
    expect(above(found.get('level')!)).toBeLessThan(above(found.get('new')!));
  });

  it('leaves alone a series that has enough values, and one whose groups know nobody', async () => {
    const plain = await createForecaster('seasonal-naive').fit(panelOf(0, 20), { rng: seededRandom(1) });
    const before = new Map((await plain.predict(12, LEVELS)).map((forecast) => [forecast.id, forecast]));
    const found = await forecastsOf(panelOf(0, 20));
    expect(found.get('flat 7')).toEqual(before.get('flat 7'));
    const alone = hierarchyOf([{ id: 'new', sums: ['nobody'] }]);
    expect((await forecastsOf(panelOf(0, 20), alone)).get('new')).toEqual(before.get('new'));
  });
});

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { openEngine, seededRandom, type Engine } from '@tallyhouse/compute';
import { plantedPanel } from '../../test/planted-panel.js';
import { tideForecaster, type FittedTide } from './tide-forecaster.js';
import { parseChanges } from './what-if.js';

// Training shares the machine with other specs.
jest.setTimeout(300_000);

const HORIZON = 6;
const ELASTICITY = -1.5;
const UPLIFT = 1.6;
const { panel, outcomes } = plantedPanel(
  11,
  { elasticity: ELASTICITY, uplift: UPLIFT },
  { series: 80, length: 60, horizon: HORIZON },
);
const settings = { horizon: HORIZON, hidden: 48, steps: 300, batchSize: 96 };

describe('the network with covariates', () => {
  let engine: Engine;
  let fitted: FittedTide;
  beforeAll(async () => {
    engine = await openEngine({ device: 'cpu', threads: 1 });
    fitted = await tideForecaster(settings).fit(panel, { rng: seededRandom(5), engine });
  });
  afterAll(() => engine.close());

  /** By how much the sum of all forecasts moves: 0.1 is a tenth up. */
  const moved = async (change: string): Promise<number> => {
    const sum = async (one: Pick<FittedTide, 'predict'>): Promise<number> =>
      (await one.predict(HORIZON, [0.5])).reduce(
        (total, { mean }) => total + mean.reduce((part, value) => part + value, 0),
        0,
      );
    return (await sum(fitted.whatIf(parseChanges(change)))) / (await sum(fitted)) - 1;
  };

  it('hears price and promotion, and neither the temperature nor the supplier, which do nothing', () => {
    expect(fitted.heard.map(({ name, isHeard }) => [name, isHeard])).toEqual([
      ['price', true],
      ['promotion', true],
      ['temperature', false],
      ['supplier', false],
    ]);
  });

  it('tells what a price would do about as large as it is', async () => {
    expect(Math.abs((await moved('price +10 %')) - (1.1 ** ELASTICITY - 1))).toBeLessThan(0.05);
    expect(Math.abs((await moved('price -10 %')) - (0.9 ** ELASTICITY - 1))).toBeLessThan(0.06);
  });

  it('tells what a promotion in every period would do', async () => {
    const without = await moved('promotion = 0');
    const withIt = await moved('promotion = 1');
    expect(Math.abs((1 + withIt) / (1 + without) - UPLIFT)).toBeLessThan(0.15);
  });

  it('leaves the forecast as it is, to the last bit, where what does nothing is changed', async () => {
    expect(await moved('temperature +10, supplier = west')).toBe(0);
  });

  it('covers what came as often as it says, and errs less than without knowing the plan', async () => {
    const forecasts = await fitted.predict(HORIZON, [0.1, 0.9]);
    let [inside, count, error, blind] = [0, 0, 0, 0];
    const usual = await fitted.whatIf(parseChanges('promotion = 0')).predict(HORIZON, [0.5]);
    forecasts.forEach(({ mean, quantiles: [low, high] }, at) =>
      outcomes[at]!.forEach((actual, step) => {
        inside += actual >= low![step]! && actual <= high![step]! ? 1 : 0;
        error += Math.abs(actual - mean[step]!) / actual;
        blind += Math.abs(actual - usual[at]!.mean[step]!) / actual;
        count += 1;
      }),
    );
    expect(inside / count).toBeGreaterThan(0.7);
    expect(inside / count).toBeLessThan(0.9);
    expect(error).toBeLessThan(0.9 * blind);
  });

  it('is the same from the same seed', async () => {
    const short = { ...settings, steps: 10 };
    const once = async () =>
      (await tideForecaster(short).fit(panel, { rng: seededRandom(5), engine })).predict(2, [0.5]);
    expect(await once()).toEqual(await once());
  });

  it('refuses a panel without covariates or with a future that is not known', async () => {
    const context = { rng: seededRandom(1), engine };
    const { covariates: _, ...plain } = panel;
    await expect(tideForecaster(settings).fit(plain, context)).rejects.toThrow('the panel has no covariates');
    await expect(tideForecaster({ ...settings, horizon: 9 }).fit(panel, context)).rejects.toThrow(
      'covariate "price" is not known in step 7 of the forecast',
    );
    await expect(fitted.predict(7, [0.5])).rejects.toThrow(
      'covariate "price" is not known in step 7 of the forecast',
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { createForecaster } from './registry.js';
import { adida } from './adida.js';
import { croston, crostonSba, tsb } from './intermittent.js';

const rate = (method: ReturnType<typeof tsb>, values: number[]): number => {
  const history = Float64Array.from(values);
  return method.fit(history, 1).forecast(history, 1)[0]!;
};

describe('intermittent demand', () => {
  it('Croston-SBA smooths sizes and intervals and takes half the weight off', () => {
    const size = 4 + 0.1 * (8 - 4);
    const interval = 2 + 0.1 * (3 - 2);
    expect(rate(crostonSba(), [0, 4, 0, 0, 8, 0])).toBeCloseTo(0.95 * (size / interval), 12);
  });

  it('Croston says what SBA says before half the weight is taken off', () => {
    const values = [0, 4, 0, 0, 8, 0];
    expect(rate(croston(), values)).toBeCloseTo(rate(crostonSba(), values) / 0.95, 12);
  });

  it('ADIDA smooths sums over the mean interval and spreads them evenly', () => {
    // Demands lie 3 periods apart: the sums are 3, 6, 3, 6, … and the first value is left over.
    const values = [0, ...Array.from({ length: 8 }, (_, at) => [0, 0, at % 2 === 0 ? 3 : 6]).flat()];
    const said = rate(adida, values);
    expect(said).toBeGreaterThan(1);
    expect(said).toBeLessThan(2);
    const path = adida.fit(Float64Array.from(values), 1).forecast(Float64Array.from(values), 4);
    expect(new Set(path).size).toBe(1);
    const steady = Array.from({ length: 30 }, (_, at) => (at % 3 === 2 ? 6 : 0));
    expect(rate(adida, steady)).toBeCloseTo(2, 9);
  });

  it('ADIDA takes the mean where there are fewer than two sums', () => {
    expect(rate(adida, [0, 0, 0, 8])).toBe(2);
  });

  it('TSB renews the chance of demand at every period', () => {
    const chance = (0.9 * 0.9 * 0.9 + 0.1) * 0.9;
    expect(rate(tsb(), [4, 0, 0, 8, 0])).toBeCloseTo(chance * 4.4, 12);
  });

  it('TSB fades out where Croston keeps its last rate', () => {
    const dead = [5, 0, 5, 0, 5, ...Array.from({ length: 30 }, () => 0)];
    expect(rate(tsb(), dead)).toBeLessThan(0.3);
    expect(rate(crostonSba(), dead)).toBeGreaterThan(2);
  });

  it('quantiles are never below zero and demand that never came is zero by name', async () => {
    const values = [Float64Array.from([0, 3, 0, 0, 0, 9, 0, 0, 1, 0, 0, 0, 2]), new Float64Array(9)];
    const series = values.map((history, index) => ({ id: `${index}`, start: '2020-01-01', values: history }));
    const fitted = await createForecaster('tsb').fit(
      { frequency: 'monthly', seasonLength: 12, series },
      { rng: seededRandom(1) },
    );
    const [some, none] = await fitted.predict(4, [0.05, 0.5, 0.95]);
    for (const path of some!.quantiles) expect(Math.min(...path)).toBeGreaterThanOrEqual(0);
    expect(none).toMatchObject({ method: 'zero', fallback: { from: 'tsb', reason: 'history is all zeros' } });
  });

  it('negative values are no demand and fall back by name', async () => {
    const series = [{ id: 'a', start: '2020-01-01', values: Float64Array.from([1, -2, 3]) }];
    const fitted = await createForecaster('croston-sba').fit(
      { frequency: 'daily', seasonLength: 7, series },
      { rng: seededRandom(1) },
    );
    const [forecast] = await fitted.predict(2, [0.5]);
    expect(forecast).toMatchObject({ method: 'naive', fallback: { from: 'croston-sba' } });
  });
});

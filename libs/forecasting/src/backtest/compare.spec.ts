import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import type { Backtest } from './backtest.js';
import { compareModels } from './compare.js';
import type { SeriesScore } from './series-score.js';

const score = (model: string, id: string, origin: string, mase: number): SeriesScore => ({
  ...{ model, id, origin, method: model, mase, smape: NaN, crps: 2 * mase, rmsse: 0, mae: 0, bias: 0 },
  ...{ pinball: [], coverage: [] },
});

/** 40 series at two origins: the new model is better by 0.2 on even ones and worse by 0.1 on odd ones, with noise. */
function result(noise = 0.01): Backtest {
  const rng = seededRandom(3);
  const scores = Array.from({ length: 40 }, (_, index) => index).flatMap((index) =>
    ['2026-01-05', '2026-02-02'].flatMap((origin) => {
      const old = 1 + noise * rng.uniform();
      const next = old + (index % 2 === 0 ? -0.2 : 0.1) + noise * (rng.uniform() - 0.5);
      return [score('old', `s${index}`, origin, old), score('new', `s${index}`, origin, next)];
    }),
  );
  const options = { horizon: 1, levels: [0.5], folds: 2, stride: 1, minHistory: 3, seed: 1 };
  return {
    panel: { frequency: 'weekly', seasonLength: 52 },
    options,
    folds: [],
    models: ['old', 'new'],
    scores,
  };
}

const groupOf = (id: string): string => (Number(id.slice(1)) % 2 === 0 ? 'even' : 'odd');
const compare = (from: Backtest) =>
  compareModels(from, { incumbent: 'old', candidate: 'new', groupOf, rng: seededRandom(9) });

describe('compareModels', () => {
  it('says in which group of series the candidate is better and in which it is worse', () => {
    const { overall, groups } = compare(result());
    expect(overall.series).toBe(40);
    expect(groups['even']!.measures.mase!.difference).toBeCloseTo(-0.2, 2);
    expect(groups['even']!.measures.mase!.high).toBeLessThan(0);
    expect(groups['odd']!.measures.mase!.difference).toBeCloseTo(0.1, 2);
    expect(groups['odd']!.measures.mase!.low).toBeGreaterThan(0);
    expect(overall.measures.mase!.difference).toBeCloseTo(-0.05, 2);
  });

  it('gives an interval that holds the difference and is wider where series differ more', () => {
    const { overall, groups } = compare(result());
    for (const { measures } of [overall, ...Object.values(groups)]) {
      const { low, difference, high } = measures.mase!;
      expect(low).toBeLessThanOrEqual(difference);
      expect(high).toBeGreaterThanOrEqual(difference);
    }
    const width = ({ measures: { mase } }: (typeof groups)[string]): number => mase!.high - mase!.low;
    expect(width(overall)).toBeGreaterThan(10 * width(groups['odd']!));
  });

  it('is the same every time for one seed, and leaves out a measure that no forecast has', () => {
    expect(compare(result())).toEqual(compare(result()));
    expect(compare(result()).overall.measures).not.toHaveProperty('smape');
  });

  it('compares only forecasts that both models have', () => {
    const whole = result(0);
    const scores = whole.scores.filter(({ model, id }) => model === 'old' || id !== 's0');
    expect(compare({ ...whole, scores }).groups['even']!.measures.mase!.difference).toBeCloseTo(-0.2, 10);
  });

  it('refuses a model that was not measured', () => {
    expect(() =>
      compareModels(result(), { incumbent: 'old', candidate: 'newest', groupOf, rng: seededRandom(1) }),
    ).toThrow('newest is not among old, new');
  });
});

import { describe, expect, it } from '@jest/globals';
import { filterEts, pathFrom, type EtsState } from './ets-filter.js';
import { formsFor } from './ets-form.js';
import { ets } from './ets.js';
import { fitEts } from './fit-ets.js';

const state = (): EtsState => ({ level: 0, slope: 0, season: new Float64Array(1), phase: 0 });

describe('ETS', () => {
  it('runs Holt’s recursion for additive error and trend', () => {
    const form = { error: 'additive', trend: 'additive', season: 'none' } as const;
    const after = state();
    const parameters = { alpha: 0.5, beta: 0.2, gamma: 0, phi: 1, level: 10, slope: 1 };
    const { squares } = filterEts(Float64Array.of(12, 13), form, parameters, after);
    // 12 against 11: level 11.5, slope 1.2; 13 against 12.7: level 12.85, slope 1.26.
    expect(after.level).toBeCloseTo(12.85, 12);
    expect(after.slope).toBeCloseTo(1.26, 12);
    expect(squares).toBeCloseTo(1 + 0.09, 12);
    expect([...pathFrom(after, form, 1, 2)].map((value) => Number(value.toFixed(9)))).toEqual([14.11, 15.37]);
  });

  it('multiplicative error and season keep a pattern of factors', () => {
    const factors = [0.5, 1, 1.5, 1];
    const history = Float64Array.from({ length: 48 }, (_, at) => 200 * factors[at % 4]!);
    const path = ets.fit(history, 4).forecast(history, 4);
    path.forEach((value, step) => expect(value / (200 * factors[step]!)).toBeCloseTo(1, 1));
  });

  it('values of zero leave the additive forms only', () => {
    expect(formsFor(false, true).every(({ error }) => error === 'additive')).toBe(true);
    expect(formsFor(true, false)).toHaveLength(6);
  });

  it('a history too short for a form has no fit', () => {
    const form = { error: 'additive', trend: 'damped', season: 'additive' } as const;
    expect(
      fitEts(
        Float64Array.from({ length: 14 }, (_, at) => at),
        form,
        12,
      ),
    ).toBeUndefined();
  });

  it('a form with a trend explains a line better than one without', () => {
    const line = Float64Array.from({ length: 30 }, (_, at) => 5 + 2 * at + (at % 3) * 0.1);
    const aicc = (trend: 'none' | 'additive'): number =>
      fitEts(line, { error: 'additive', trend, season: 'none' }, 1)!.aicc;
    expect(aicc('additive')).toBeLessThan(aicc('none'));
  });
});

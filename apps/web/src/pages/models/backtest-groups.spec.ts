import { describe, expect, it } from '@jest/globals';
import { figureOf, groupsOf } from './backtest-groups.js';

const figures = [{ measure: 'mase', value: 0.9 }];
const having = (name: string, ...groups: string[]) => ({
  name,
  groups: groups.map((group, at) => ({ group, forecasts: 10 + at, figures })),
});
const table = (...models: ReturnType<typeof having>[]) => ({ horizon: 8, folds: [], models });

describe('groups of a backtest', () => {
  it('begins with all series, whatever the report begins with', () => {
    const found = groupsOf(table(having('theta', 'smooth', 'overall', 'intermittent')));
    expect(found.map(({ group }) => group)).toEqual(['overall', 'intermittent', 'smooth']);
    expect(found[0]!.forecasts).toBe(11);
  });

  it('shows a model where it has figures, and no more than six groups', () => {
    const many = having('theta', 'overall', 'a', 'b', 'c', 'd', 'e', 'f');
    const found = groupsOf(table(many, having('naive', 'overall')));
    expect(found).toHaveLength(6);
    expect(found[0]!.models.map(({ name }) => name)).toEqual(['theta', 'naive']);
    expect(found[1]!.models.map(({ name }) => name)).toEqual(['theta']);
  });

  it('has no figure that the report does not give', () => {
    const model = having('theta', 'overall');
    expect(figureOf(model, 'overall', 'mase')).toBe(0.9);
    expect(figureOf(model, 'overall', 'crps')).toBeNull();
    expect(figureOf(model, 'smooth', 'mase')).toBeNull();
  });
});

import { describe, expect, it } from '@jest/globals';
import { panelSha256 } from './panel-digest.js';

const panel = (values: number[], id = 'a'): Parameters<typeof panelSha256>[0] => ({
  frequency: 'weekly',
  seasonLength: 52,
  series: [{ id, start: '2024-01-01', values: Float64Array.from(values) }],
});

describe('panelSha256', () => {
  it('of a panel without covariates is what it was before there were any', () => {
    expect(panelSha256(panel([1, NaN, 0]))).toBe(
      '0xb0a432366f7670458fd9057ef5ce4358e66447e6a6a12b4d53e59cc8c7028237',
    );
  });

  it('covers covariates: their names, kinds and words, and every number of the past and of the plan', () => {
    const base = panel([1, 2]);
    const withPrice = (path: number[], covariate = { name: 'price', kind: 'relative' as const }) => ({
      ...base,
      covariates: [covariate],
      series: [{ ...base.series[0]!, covariates: [Float64Array.from(path)] }],
    });
    const digest = panelSha256(withPrice([1, 1, 1]));
    expect(panelSha256(withPrice([1, 1, 1]))).toBe(digest);
    const others = [
      base,
      withPrice([1, 1, 2]),
      withPrice([2, 1, 1]),
      withPrice([1, 1, 1], { name: 'cost', kind: 'relative' }),
    ];
    for (const other of others) expect(panelSha256(other)).not.toBe(digest);
  });

  it('is the same for the same panel, missing values included', () => {
    expect(panelSha256(panel([1, NaN, 0]))).toBe(panelSha256(panel([1, NaN, 0])));
  });

  it.each([
    ['a value', panel([1, NaN, 1])],
    ['a missing value', panel([1, 0, 0])],
    ['the length', panel([1, NaN])],
    ['the series', panel([1, NaN, 0], 'b')],
  ])('changes with %s', (_what, other) => {
    expect(panelSha256(other)).not.toBe(panelSha256(panel([1, NaN, 0])));
  });
});

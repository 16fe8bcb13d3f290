import { describe, expect, it } from '@jest/globals';
import { panelSha256 } from './panel-digest.js';

const panel = (values: number[], id = 'a'): Parameters<typeof panelSha256>[0] => ({
  frequency: 'weekly',
  seasonLength: 52,
  series: [{ id, start: '2024-01-01', values: Float64Array.from(values) }],
});

describe('panelSha256', () => {
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

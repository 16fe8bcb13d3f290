import { describe, expect, it } from '@jest/globals';
import type { Panel } from '../contract/panel.js';
import { periodIndex } from '../series/periods.js';
import { yardsticksOf } from './yardstick.js';

const START = '2024-01-01T00:00:00.000Z';
const FIRST = periodIndex(Date.parse(START), 'monthly');

function panel(values: readonly number[]): Panel {
  return {
    frequency: 'monthly',
    seasonLength: 12,
    series: [{ id: 'a', start: START, values: Float64Array.from(values) }],
  };
}
const baselineOf = (values: readonly number[], month: number): number | undefined =>
  yardsticksOf(panel(values))
    .get('a')!
    .baseline(FIRST + month);

describe('the yardstick of a series', () => {
  const months = Array.from({ length: 30 }, (_, month) => 100 + month);

  it('says of a month what the same month of the last year was, however far ahead it lies', () => {
    expect(baselineOf(months, 30)).toBe(118);
    expect(baselineOf(months, 41)).toBe(129);
    expect(baselineOf(months, 42)).toBe(118);
    expect(baselineOf(months, 30 + 36)).toBe(118);
  });

  it('goes a year further back where the month is not known, and takes the last value where no year has it', () => {
    const late = months.map((value, month) => (month === 18 ? NaN : value));
    expect(baselineOf(late, 30)).toBe(106);
    expect(baselineOf([5, 6, NaN], 3)).toBe(6);
    expect(baselineOf([NaN, NaN], 3)).toBeUndefined();
    expect(baselineOf([], 3)).toBeUndefined();
  });

  it('has a scale but where the series never moved', () => {
    expect(yardsticksOf(panel(months)).get('a')!.scale).toBe(12);
    expect(yardsticksOf(panel([7, 7, 7])).get('a')!.scale).toBeUndefined();
  });
});

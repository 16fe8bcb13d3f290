import { describe, expect, it } from '@jest/globals';
import { fillGaps } from './gaps.js';

const filled = (values: number[], seasonLength = 1) => [
  ...fillGaps(Float64Array.from(values), seasonLength).values,
];

describe('fillGaps', () => {
  it('leading gaps are cut off', () => expect(filled([NaN, NaN, 1, 2])).toEqual([1, 2]));
  it('an inner gap lies on the line between its neighbours', () =>
    expect(filled([1, NaN, NaN, 4])).toEqual([1, 2, 3, 4]));
  it('a gap at the end repeats the last value', () => expect(filled([1, 5, NaN])).toEqual([1, 5, 5]));
  it('a season before and after is preferred where there is a season', () =>
    expect(filled([1, 10, 2, NaN, 3, 20], 2)).toEqual([1, 10, 2, 15, 3, 20]));
  it('the record of observations keeps the gaps', () =>
    expect([...fillGaps(Float64Array.from([1, NaN, 3]), 1).observed]).toEqual([1, NaN, 3]));
});

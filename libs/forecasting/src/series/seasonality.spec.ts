import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { isSeasonal, seasonalIndices } from './seasonality.js';

const pattern = [0.5, 1, 1.5, 1];

describe('seasonality', () => {
  it('factors of a pure pattern are found back, of mean 1', () => {
    const values = Float64Array.from({ length: 20 }, (_, at) => 40 * pattern[at % 4]!);
    [...seasonalIndices(values, 4, 'multiplicative')].forEach((index, phase) =>
      expect(index).toBeCloseTo(pattern[phase]!, 12),
    );
  });

  it('summands of a pattern on a line are found back, of mean 0', () => {
    const values = Float64Array.from({ length: 20 }, (_, at) => 3 * at + 10 * (pattern[at % 4]! - 1));
    [...seasonalIndices(values, 4, 'additive')].forEach((index, phase) =>
      expect(index).toBeCloseTo(10 * (pattern[phase]! - 1), 9),
    );
  });

  it('an odd season is averaged without half weights', () => {
    const values = Float64Array.from({ length: 15 }, (_, at) => [1, 2, 6][at % 3]!);
    expect([...seasonalIndices(values, 3, 'additive')].map((index) => Math.round(index * 1e9) / 1e9)).toEqual(
      [-2, -1, 3],
    );
  });

  it('a pattern passes the test and noise or a short history does not', () => {
    const rng = seededRandom(2);
    const noise = Float64Array.from({ length: 60 }, () => rng.uniform());
    const strong = noise.map((value, at) => value + 10 * pattern[at % 4]!);
    expect(isSeasonal(strong, 4)).toBe(true);
    expect(isSeasonal(noise, 4)).toBe(false);
    expect(isSeasonal(strong.slice(0, 11), 4)).toBe(false);
  });
});

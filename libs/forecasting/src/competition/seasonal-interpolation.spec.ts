import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { interpolateSeasonally } from './seasonal-interpolation.js';

const WEEK = [5, 7, 9, 12, 20, 18, 3];
const weekly = (length: number): Float64Array =>
  Float64Array.from({ length }, (_, at) => 100 + 0.1 * at + WEEK[at % 7]!);

describe('gaps as the peers fill them', () => {
  it('puts back the value of the season, not the line between neighbours', () => {
    const whole = weekly(140);
    const gaps = [20, 60, 61, 62, 63, 64, 65, 66, 117];
    const filled = interpolateSeasonally(
      whole.map((value, at) => (gaps.includes(at) ? NaN : value)),
      7,
    );
    for (const at of gaps) expect(Math.abs(filled[at]! - whole[at]!)).toBeLessThan(0.2);
  });

  it('is not drawn away by a wild value of the same weekday', () => {
    const whole = weekly(140);
    const wild = whole.map((value, at) => (at === 27 ? 400 : at === 20 ? NaN : value));
    expect(Math.abs(interpolateSeasonally(wild, 7)[20]! - whole[20]!)).toBeLessThan(1);
  });

  it('leaves what is known as it is and cuts off a missing beginning', () => {
    const random = seededRandom(3);
    const values = Float64Array.from({ length: 60 }, (_, at) =>
      at < 4 || at === 30 ? NaN : random.normal(),
    );
    const filled = interpolateSeasonally(values, 7);
    expect(filled).toHaveLength(56);
    filled.forEach((value, at) => {
      if (at !== 26) expect(value).toBe(values[at + 4]);
    });
    expect(Number.isFinite(filled[26])).toBe(true);
  });

  it.each([
    ['no season', 1, [1, NaN, 3, 4, 5, 6]],
    ['two seasons or fewer', 4, [1, NaN, 3, 1, 2, 3]],
  ])('draws straight lines with %s', (_, seasonLength, values) => {
    const filled = interpolateSeasonally(new Float64Array(values), seasonLength);
    expect(filled[1]).toBe(2);
  });
});

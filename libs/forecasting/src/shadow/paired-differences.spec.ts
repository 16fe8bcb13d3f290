import { describe, expect, it } from '@jest/globals';
import { pairedDifferences, type SeriesPairs } from './paired-differences.js';

/** A series of `count` pairs with mean errors. */
function pairs(at: number, candidate: number, running: number, count = 4): SeriesPairs {
  const sums = { candidate: candidate * count, running: running * count };
  return { unit: at, series: 1, scaledSeries: 1, count, scaled: count, smape: sums, mase: sums };
}
const many = (candidate: (at: number) => number, running: (at: number) => number): SeriesPairs[] =>
  Array.from({ length: 12 }, (_, at) => pairs(at, candidate(at), running(at)));

describe('pairedDifferences', () => {
  it('a candidate that is better on every series is better, and the interval says so', () => {
    const [mase] = pairedDifferences(
      many(
        (at) => 1 + at / 100,
        (at) => 1.5 + at / 50,
      ),
    );
    expect(mase).toMatchObject({ measure: 'mase', series: 12, verdict: 'BETTER' });
    expect(mase!.difference).toBeCloseTo(mase!.candidate - mase!.running, 10);
    expect(mase!.low!).toBeLessThanOrEqual(mase!.difference);
    expect(mase!.high!).toBeGreaterThanOrEqual(mase!.difference);
    expect(mase!.high!).toBeLessThan(0);
  });

  it('of series that are drawn in groups it counts all, and says nearly what it says of each by itself', () => {
    const errors = Array.from({ length: 900 }, (_, at) => ({
      next: 1 + ((at * 37) % 101) / 100,
      old: 1 + ((at * 53) % 89) / 100,
    }));
    const apart = errors.map(({ next, old }, at) => pairs(at, next, old));
    const together = Array.from({ length: 300 }, (_, unit) => {
      const own = apart.filter((__, at) => at % 300 === unit);
      const sum = (of: (one: SeriesPairs) => number): number =>
        own.reduce((total, one) => total + of(one), 0);
      const sums = { candidate: sum((one) => one.mase.candidate), running: sum((one) => one.mase.running) };
      const count = sum((one) => one.count);
      return { unit, series: 3, scaledSeries: 3, count, scaled: count, smape: sums, mase: sums };
    });
    const [each] = pairedDifferences(apart);
    const [grouped] = pairedDifferences(together);
    expect(grouped!.series).toBe(900);
    expect(grouped!.difference).toBeCloseTo(each!.difference, 10);
    const width = (of: typeof each): number => of!.high! - of!.low!;
    expect(width(grouped) / width(each)).toBeCloseTo(1, 0);
  });

  it('one that is better on half of them is undecided, and worse everywhere is worse', () => {
    const [half] = pairedDifferences(
      many(
        (at) => (at % 2 === 0 ? 1 : 2),
        () => 1.5,
      ),
    );
    expect(half).toMatchObject({ difference: 0, verdict: 'UNDECIDED' });
    const [worse] = pairedDifferences(
      many(
        () => 2,
        () => 1,
      ),
    );
    expect(worse).toMatchObject({ difference: 1, low: 1, high: 1, verdict: 'WORSE' });
  });

  it('few series have a difference and no interval', () => {
    const [mase] = pairedDifferences([pairs(1, 1, 2), pairs(2, 1, 2)]);
    expect(mase).toMatchObject({ difference: -1, low: null, high: null, verdict: 'UNDECIDED' });
  });

  it('a series weighs by its pairs, and one without a scale counts for sMAPE only', () => {
    const still: SeriesPairs = {
      ...pairs(9, 100, 0, 1),
      scaled: 0,
      scaledSeries: 0,
      mase: { candidate: 0, running: 0 },
    };
    const found = pairedDifferences([pairs(1, 10, 20, 1), pairs(2, 20, 20, 3), still]);
    expect(found).toMatchObject([
      { measure: 'mase', series: 2, candidate: 17.5, running: 20 },
      { measure: 'smape', series: 3, candidate: 34, running: 16 },
    ]);
  });

  it('says the same whatever order the series come in', () => {
    const series = many(
      (at) => 1 + (at % 5) / 10,
      (at) => 1 + (at % 3) / 10,
    );
    expect(pairedDifferences(series.toReversed())).toEqual(pairedDifferences(series));
    expect(pairedDifferences([])).toEqual([]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { seededUniform } from '../topics/seeded.js';
import { binomialTail, hypergeometricTail, logGamma } from './binomial.js';
import { findBursts, type TrendPeriod } from './bursts.js';
import { changePoints } from './change-points.js';
import { falseDiscoveryRates } from './false-discovery.js';
import { periodsBetween, periodStart } from './periods.js';
import { topicTrends } from './topic-trends.js';

/** Counts of a share of 40 texts a period, drawn by a seed; the share changes as `shareAt` says. */
function drawn(seed: number, periods: number, shareAt: (period: number) => number): TrendPeriod[] {
  const uniform = seededUniform(seed);
  return Array.from({ length: periods }, (_, period) => ({
    total: 40,
    count: Array.from({ length: 40 }, () => uniform()).filter((each) => each < shareAt(period)).length,
  }));
}

describe('binomial', () => {
  it('agrees with values known', () => {
    expect(logGamma(10)).toBeCloseTo(Math.log(362_880), 10);
    expect(binomialTail(8, 10, 0.5)).toBeCloseTo(56 / 1_024, 12);
    expect(binomialTail(0, 10, 0.1)).toBe(1);
    expect(binomialTail(1, 3, 0)).toBe(0);
  });

  it('without replacement counts every way to draw', () => {
    // Of 10, 4 are marked; 3 drawn: (C(4,2)·6 + C(4,3)) / C(10,3) = 40 / 120.
    expect(hypergeometricTail(2, 3, 4, 10)).toBeCloseTo(1 / 3, 12);
    expect(hypergeometricTail(5, 8, 7, 10)).toBe(1);
    expect(hypergeometricTail(4, 3, 4, 10)).toBe(0);
  });
});

describe('bursts', () => {
  it('are found where the share was raised', () => {
    const raised = drawn(1, 60, (period) => (period >= 30 && period < 36 ? 0.35 : 0.08));
    const [burst, ...others] = topicTrends([raised])[0]!.bursts;
    expect(others).toEqual([]);
    expect(Math.abs(burst!.from - 30)).toBeLessThanOrEqual(1);
    expect(Math.abs(burst!.to - 35)).toBeLessThanOrEqual(1);
    expect(burst!.pValue).toBeLessThan(1e-6);
    expect(burst!.baseShare).toBeCloseTo(0.08, 1);
  });

  it('are none where nothing is spoken of and where all speak of it', () => {
    expect(findBursts(Array.from({ length: 9 }, () => ({ count: 0, total: 10 })))).toEqual([]);
    expect(findBursts(Array.from({ length: 9 }, () => ({ count: 10, total: 10 })))).toEqual([]);
    expect(findBursts([])).toEqual([]);
    expect(
      findBursts([
        { count: 0, total: 0 },
        { count: 1, total: 1 },
      ]),
    ).toEqual([]);
  });

  it('by chance alone are few among many quiet topics', () => {
    const quiet = Array.from({ length: 200 }, (_, seed) => drawn(seed + 10, 60, () => 0.08));
    const bursting = topicTrends(quiet).filter(({ bursts }) => bursts.length > 0);
    expect(bursting.length).toBeLessThanOrEqual(2);
  });

  it('are as unlikely as it is that so many of the texts, wherever they lie, fall into one stretch', () => {
    const periods = Array.from({ length: 46 }, (_, at) => ({
      count: at >= 20 && at < 26 ? 3 : at % 4 === 0 ? 1 : 0,
      total: 10,
    }));
    const [burst] = findBursts(periods);
    const texts = periods.reduce((sum, { count }) => sum + count, 0);
    const stretches = 15 * 46 - (15 * 14) / 2;
    expect(burst).toMatchObject({ from: 20, to: 25, count: 18 });
    expect(burst!.pValue / (stretches * hypergeometricTail(18, 60, texts, 460))).toBeCloseTo(1, 9);
    // The share outside the burst as if it were known beforehand would make it look far less likely.
    expect(burst!.pValue).toBeGreaterThan(5 * stretches * binomialTail(18, 60, burst!.baseShare));
  });

  it('say whether the topic was there before', () => {
    const [fresh, known] = topicTrends([
      drawn(3, 60, (period) => (period >= 40 && period < 46 ? 0.3 : 0)),
      drawn(4, 60, (period) => (period >= 40 && period < 46 ? 0.4 : 0.1)),
    ]);
    expect(fresh!.bursts[0]).toMatchObject({ from: 40, emerging: true });
    expect(known!.bursts[0]?.emerging).toBe(false);
  });
});

describe('change points', () => {
  it('are where the share changes to stay, and none where it does not', () => {
    const [change, ...others] = changePoints(drawn(5, 80, (period) => (period < 50 ? 0.1 : 0.3)));
    expect(others).toEqual([]);
    expect(Math.abs(change! - 50)).toBeLessThanOrEqual(2);
    expect(changePoints(drawn(6, 80, () => 0.2))).toEqual([]);
    expect(changePoints([])).toEqual([]);
  });
});

describe('false discovery rates', () => {
  it('are those of Benjamini and Hochberg', () => {
    expect(falseDiscoveryRates([0.01, 0.04, 0.03, 0.5])).toEqual([
      0.04, 0.05333333333333334, 0.05333333333333334, 0.5,
    ]);
  });
});

describe('periods', () => {
  it('begin on Mondays, on the first of months, at midnight UTC', () => {
    const time = new Date('2026-03-01T22:00:00Z');
    expect(periodStart(time, 'WEEKLY').toISOString()).toBe('2026-02-23T00:00:00.000Z');
    expect(periodStart(time, 'MONTHLY').toISOString()).toBe('2026-03-01T00:00:00.000Z');
    expect(periodStart(new Date('1969-12-31T00:00:00Z'), 'WEEKLY').toISOString()).toBe(
      '1969-12-29T00:00:00.000Z',
    );
    expect(periodsBetween(new Date('2025-12-15'), new Date('2026-02-01'), 'MONTHLY')).toHaveLength(3);
  });
});

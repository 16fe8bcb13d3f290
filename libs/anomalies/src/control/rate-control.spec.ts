import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { adaptedLevel, DEFAULT_LEVEL } from './adapted-level.js';
import { qValues } from './benjamini-hochberg.js';
import { RollingRate } from './rolling-rate.js';

describe('false discovery control', () => {
  it('gives the q-values of the worked example of Benjamini and Hochberg', () => {
    const p = [
      0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528,
      0.759, 1,
    ];
    expect(qValues(p).filter((q) => q <= 0.05)).toHaveLength(4);
  });

  it('does not depend on the order of tests, and counts those that are not listed', () => {
    expect(qValues([0.5, 0.01], 2)).toEqual([0.5, 0.02]);
    expect(qValues([0.001], 1000)).toEqual([1]);
    expect(qValues([])).toEqual([]);
  });

  it('keeps false reports of a thousand series under the level while it finds the planted ones', () => {
    const random = seededRandom(5);
    let [falseShare, found] = [0, 0];
    for (let round = 0; round < 200; round += 1) {
      const planted = 20;
      const p = Array.from({ length: 1000 }, (_, at) => random.uniform() * (at < planted ? 1e-5 : 1));
      const reported = qValues(p).flatMap((q, at) => (q <= DEFAULT_LEVEL ? [at] : []));
      falseShare += reported.filter((at) => at >= planted).length / Math.max(1, reported.length) / 200;
      found += reported.filter((at) => at < planted).length / planted / 200;
    }
    expect(falseShare).toBeLessThan(DEFAULT_LEVEL);
    expect(found).toBeGreaterThan(0.99);
  });

  it('reports less after labels that say nothing was the matter, more after the contrary, in bounds', () => {
    expect(adaptedLevel({ real: 0, notReal: 0 })).toBeCloseTo(DEFAULT_LEVEL, 12);
    expect(adaptedLevel({ real: 0, notReal: 5 })).toBeLessThan(0.03);
    expect(adaptedLevel({ real: 20, notReal: 0 })).toBe(0.25);
    expect(adaptedLevel({ real: 0, notReal: 1e9 })).toBeGreaterThanOrEqual(0.001);
  });
});

describe('a rolling rate', () => {
  it('says of a test what Benjamini and Hochberg say of the window that ends with it', () => {
    const random = seededRandom(8);
    const rate = new RollingRate(50);
    const all: number[] = [];
    for (let at = 0; at < 300; at += 1) {
      const p = random.uniform() ** 3;
      all.push(p);
      const q = rate.observe(p);
      const recent = all.slice(-50);
      // Those above one in twenty are not looked at, and can make no other one smaller.
      const looked = recent.map((one) => (one <= 0.05 ? one : 1));
      expect(q).toBeCloseTo(p <= 0.05 ? qValues(looked, 50).at(-1)! : 1, 12);
    }
  });

  it('tells of as many tests as the level says where nothing is the matter', () => {
    const random = seededRandom(9);
    const rate = new RollingRate(100);
    let told = 0;
    for (let at = 0; at < 200_000; at += 1) told += Number(rate.observe(random.uniform()) <= 0.1);
    // One in a thousand, and a few more where two small ones fall into one window.
    expect(told).toBeGreaterThan(150);
    expect(told).toBeLessThan(300);
  });
});

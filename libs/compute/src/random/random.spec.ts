import { describe, expect, it } from '@jest/globals';
import { seededRandom } from './random.js';

const draw = (seed: number, count = 4): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

describe('a seeded generator', () => {
  it('gives the same stream for a seed, another for another', () => {
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('gives numbers that never change between versions', () => {
    expect(draw(1)).toMatchInlineSnapshot(`
     [
       2442144158,
       3238099751,
       3819917871,
       2104621829,
     ]
    `);
  });

  it('gives uniform numbers of mean 1/2 and variance 1/12', () => {
    const random = seededRandom(2);
    const values = Array.from({ length: 20_000 }, () => random.uniform());
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(0.5, 2);
    expect(variance).toBeCloseTo(1 / 12, 2);
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
  });

  it('gives normal numbers of mean 0, variance 1 and no skew', () => {
    const random = seededRandom(3);
    const values = Array.from({ length: 40_000 }, () => random.normal());
    const moment = (power: number): number =>
      values.reduce((sum, value) => sum + value ** power, 0) / values.length;
    expect(Math.abs(moment(1))).toBeLessThan(0.02);
    expect(Math.abs(moment(2) - 1)).toBeLessThan(0.03);
    expect(Math.abs(moment(3))).toBeLessThan(0.08);
    expect(Math.abs(moment(4) - 3)).toBeLessThan(0.2);
  });

  it('permutes: every number once, each first about as often', () => {
    const random = seededRandom(4);
    const first = new Array<number>(5).fill(0);
    for (let round = 0; round < 5000; round += 1) {
      const order = random.permutation(5);
      expect([...order].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4]);
      first[order[0] as number] = (first[order[0] as number] as number) + 1;
    }
    for (const count of first) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it('forks into a stream that does not depend on what was drawn before', () => {
    const random = seededRandom(5);
    const before = random.fork(1).next();
    random.next();
    expect(random.fork(1).next()).toBe(before);
    expect(random.fork(2).next()).not.toBe(before);
  });
});

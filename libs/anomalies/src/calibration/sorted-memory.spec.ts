import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { medianAndSpread, quantileOf } from './ring.js';
import { SortedMemory } from './sorted-memory.js';

describe('a sorted memory', () => {
  it('gives the quantiles and the median deviation of the values that it still holds', () => {
    const random = seededRandom(3);
    const memory = new SortedMemory(50);
    const all: number[] = [];
    for (let count = 1; count <= 300; count += 1) {
      // Rounded, so that equal values come and go too.
      const value = Math.round(random.normal() * 10);
      all.push(value);
      memory.push(value);
      const held = Float64Array.from(all.slice(-50));
      const sorted = held.slice().sort();
      expect(memory.length).toBe(held.length);
      for (const share of [0, 0.05, 0.5, 0.95, 1])
        expect(memory.quantile(share)).toBeCloseTo(quantileOf(sorted, share), 12);
      expect(1.4826 * memory.medianDeviation()).toBeCloseTo(medianAndSpread(held).spread, 9);
    }
  });

  it('has no quantile before its first value', () => {
    expect(new SortedMemory(3).quantile(0.5)).toBeNaN();
  });
});

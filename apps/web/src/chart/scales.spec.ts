import { describe, expect, it } from '@jest/globals';
import { everyNth, linear, quantityDomain, ticks } from './scales.js';

describe('scales', () => {
  it('maps the ends of the domain to the ends of the range', () => {
    const scale = linear([10, 20], [100, 0]);
    expect([scale(10), scale(15), scale(20)]).toEqual([100, 50, 0]);
  });

  it('maps a domain without width to the middle', () => {
    expect(linear([3, 3], [0, 10])(3)).toBe(5);
  });

  it('places ticks on round values inside the domain', () => {
    expect(ticks(0, 97, 5)).toEqual([0, 20, 40, 60, 80]);
    expect(ticks(0, 0.3, 3)).toEqual([0, 0.1, 0.2, 0.3]);
  });

  it('gives one tick for a domain that is none', () => {
    expect(ticks(5, 5, 4)).toEqual([5]);
  });

  it('starts quantities at zero and ends above the largest', () => {
    expect(quantityDomain([12, 97])).toEqual([0, 100]);
    expect(quantityDomain([])).toEqual([0, 1]);
    expect(quantityDomain([-12, 97])[0]).toBeLessThanOrEqual(-12);
  });

  it('keeps the last item when it thins a list', () => {
    expect(everyNth([1, 2, 3, 4, 5, 6, 7], 3)).toEqual([1, 4, 7]);
  });
});

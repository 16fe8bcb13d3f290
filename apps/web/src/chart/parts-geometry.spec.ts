import { describe, expect, it } from '@jest/globals';
import { partDrawing } from './parts-geometry.js';
import { placesOf } from './scales.js';

const frame = { width: 120, height: 100, left: 10, right: 10, top: 0, bottom: 0 };

describe('a part of a series', () => {
  it('is drawn in round values of its own, far from zero', () => {
    const { domain, path } = partDrawing([810, 900, 990], placesOf(3, frame), frame);
    expect(domain).toEqual([800, 1000]);
    expect(path).toBe('M10 95L60 50L110 5');
  });

  it('stands on both sides of zero where it swings', () => {
    expect(partDrawing([-30, 40], placesOf(3, frame), frame).domain).toEqual([-50, 50]);
  });

  it('is a level line where it does not move', () => {
    expect(partDrawing([0, 0, 0], placesOf(3, frame), frame).path).toBe('M10 50L60 50L110 50');
  });

  it('keeps every value inside', () => {
    const values = [3.2, -7.7, 12.1, 0.4];
    const { domain } = partDrawing(values, placesOf(values.length, frame), frame);
    expect(domain[0]).toBeLessThanOrEqual(-7.7);
    expect(domain[1]).toBeGreaterThanOrEqual(12.1);
  });
});

import { describe, expect, it } from '@jest/globals';
import { stepAt, stepDrawing, timeMarks } from './step-geometry.js';

const frame = { width: 120, height: 100, left: 10, right: 10, top: 0, bottom: 0 };
const steps = [
  { atMs: 0, value: 50 },
  { atMs: 500, value: 100 },
];

describe('the line of a value that holds', () => {
  it('is level up to a change and upright at it, and holds to the end', () => {
    expect(stepDrawing(steps, 1000, frame).path).toBe('M10 50H60V0H110');
  });

  it('is closed down to zero and back to its beginning for the area', () => {
    expect(stepDrawing(steps, 1000, frame).area).toBe('M10 50H60V0H110V100H10Z');
  });

  it('ends at its last change where the end that is given is before it', () => {
    const { path } = stepDrawing([{ atMs: 900, value: 1 }], 500, frame);
    expect(path).not.toContain('NaN');
    expect(path.startsWith('M')).toBe(true);
  });

  it('has no path without any value', () => {
    expect(stepDrawing([], 1000, frame)).toMatchObject({ path: '', area: '' });
  });
});

describe('the step at a share of the width', () => {
  it.each([
    [0, 0],
    [0.49, 0],
    [0.5, 1],
    [1, 1],
    [-0.2, 0],
  ])('%d of it reads step %i', (share, index) => {
    expect(stepAt(steps, 1000, share)).toBe(index);
  });
});

describe('times under the line', () => {
  it('are evenly spread with both ends among them', () => {
    expect(timeMarks(0, 900, 4)).toEqual([0, 300, 600, 900]);
    expect(timeMarks(5, 5, 4)).toEqual([5]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { shareDrawing } from './share-geometry.js';

const frame = { width: 120, height: 100, left: 10, right: 10, top: 0, bottom: 0 };
const point = (month: string, count: number, total: number) => ({
  periodStart: `2026-${month}-01T00:00:00Z`,
  count,
  total,
  share: total === 0 ? 0 : count / total,
});

describe('shareDrawing', () => {
  it('breaks the line where a period has no texts', () => {
    const drawn = shareDrawing([point('01', 1, 2), point('02', 0, 0), point('03', 1, 2)], [], frame);
    expect(drawn.path).toBe('M10 16.7M110 16.7');
  });

  it('marks bursts over their whole periods, inside the frame', () => {
    const months = ['01', '02', '03', '04', '05'].map((month) => point(month, 1, 4));
    const burst = { from: '2026-04-01T00:00:00.000Z', to: '2026-05-01T00:00:00Z' };
    expect(shareDrawing(months, [burst], frame).stretches).toEqual([{ x: 72.5, width: 37.5 }]);
    expect(shareDrawing(months, [{ from: '2025-01-01', to: '2025-02-01' }], frame).stretches).toEqual([]);
  });
});

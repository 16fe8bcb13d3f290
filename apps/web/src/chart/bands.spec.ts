import { describe, expect, it } from '@jest/globals';
import { coverageName, intervals, shownCoverages } from './bands.js';

const point = (...levels: number[]) => intervals(levels.map((level) => ({ level, value: level * 100 })));

describe('intervals', () => {
  it('pairs symmetric levels, widest first', () => {
    expect(point(0.1, 0.25, 0.5, 0.75, 0.9)).toEqual([
      { coverage: 0.8, low: 10, high: 90 },
      { coverage: 0.5, low: 25, high: 75 },
    ]);
  });

  it('gives nothing for a level without its counterpart', () => {
    expect(point(0.1, 0.5, 0.95)).toEqual([]);
  });

  it('keeps low below high when quantiles cross', () => {
    const crossed = intervals([
      { level: 0.1, value: 9 },
      { level: 0.9, value: 4 },
    ]);
    expect(crossed).toEqual([{ coverage: 0.8, low: 4, high: 9 }]);
  });
});

describe('shownCoverages', () => {
  it('shows only intervals that every point has', () => {
    expect(shownCoverages([point(0.1, 0.25, 0.75, 0.9), point(0.1, 0.9)])).toEqual([0.8]);
  });

  it('thins many levels to the widest, the one nearest 80 % and the narrowest', () => {
    const many = point(0.01, 0.025, 0.05, 0.1, 0.25, 0.4, 0.6, 0.75, 0.9, 0.95, 0.975, 0.99);
    expect(shownCoverages([many])).toEqual([0.98, 0.8, 0.2]);
  });

  it('names coverage without needless decimals', () => {
    expect([coverageName(0.8), coverageName(0.975)]).toEqual(['80%', '97.5%']);
  });
});

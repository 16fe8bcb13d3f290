import { describe, expect, it } from '@jest/globals';
import type { Decomposition, Observation } from '../../network/types.js';
import { wholeHistory } from './whole-history.js';

const day = (of: number): string => `2026-03-0${of}T00:00:00.000Z`;
const sold = (of: number, value: number): Observation => ({ periodStart: day(of), value, eventCount: 2 });
const apart = (of: number, observed: number): Decomposition['periods'][number] => ({
  ...{ periodStart: day(of), observed },
  ...{ trend: 0, season: 0, remainder: 0 },
});

describe('the whole history', () => {
  const periods = [apart(2, 5), apart(3, 0), apart(4, 7)];

  it('has the periods in which nothing happened, and none before those that were taken apart', () => {
    expect(wholeHistory([sold(1, 3), sold(2, 5), sold(4, 7)], { asOf: day(5), periods })).toEqual([
      sold(2, 5),
      { periodStart: day(3), value: 0, eventCount: 0 },
      sold(4, 7),
    ]);
  });

  it('marks what came after the end of the data as not over', () => {
    const [last] = wholeHistory([sold(4, 7), sold(5, 1)], { asOf: day(5), periods }).slice(-1);
    expect(last).toEqual({ ...sold(5, 1), isOpen: true });
    expect(wholeHistory([sold(5, 1)], null)).toEqual([{ ...sold(5, 1), isOpen: true }]);
  });

  it('is what was observed while nothing more is known', () => {
    expect(wholeHistory([sold(1, 3)], undefined)).toEqual([sold(1, 3)]);
  });
});

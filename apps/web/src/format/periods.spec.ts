import { describe, expect, it } from '@jest/globals';
import { startsThrough } from './periods.js';

const days = (starts: readonly number[]): string[] =>
  starts.map((start) => new Date(start).toISOString().slice(0, 10));

describe('startsThrough', () => {
  it('fills in months by the calendar, weeks by seven days, days by one', () => {
    const months = startsThrough([Date.UTC(2025, 10, 1), Date.UTC(2026, 2, 1)], 'MONTHLY');
    expect(days(months)).toEqual(['2025-11-01', '2025-12-01', '2026-01-01', '2026-02-01', '2026-03-01']);
    const weeks = startsThrough([Date.UTC(2026, 10, 9), Date.UTC(2026, 10, 30)], 'WEEKLY');
    expect(days(weeks)).toEqual(['2026-11-09', '2026-11-16', '2026-11-23', '2026-11-30']);
    expect(startsThrough([Date.UTC(2026, 0, 1), Date.UTC(2026, 0, 4)], 'DAILY')).toHaveLength(4);
  });

  it('leaves alone what has no gap', () => {
    expect(startsThrough([], 'DAILY')).toEqual([]);
    expect(startsThrough([5], 'WEEKLY')).toEqual([5]);
  });
});

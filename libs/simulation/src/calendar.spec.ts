import { describe, expect, it } from '@jest/globals';
import { addMonths, dayOf, dayOfYear, isoDate, weekday } from './calendar.js';

describe('calendar', () => {
  it('counts days both ways', () => {
    for (const date of ['1970-01-01', '2024-02-29', '2023-12-31']) expect(isoDate(dayOf(date))).toBe(date);
    expect(dayOf('1970-01-02')).toBe(1);
  });

  it('refuses what is no date of the calendar', () => {
    for (const text of ['2023-02-29', '2023-2-1', '23-02-01', '', '2023-13-01']) {
      expect(() => dayOf(text)).toThrow(RangeError);
    }
  });

  it('adds months and stays within the month', () => {
    expect(isoDate(addMonths(dayOf('2023-01-31'), 1))).toBe('2023-02-28');
    expect(isoDate(addMonths(dayOf('2023-01-01'), 24))).toBe('2025-01-01');
  });

  it('knows the weekday and the day of the year', () => {
    expect(weekday(dayOf('2024-01-01'))).toBe(0);
    expect(weekday(dayOf('2023-12-31'))).toBe(6);
    expect(weekday(dayOf('1969-12-28'))).toBe(6);
    expect(dayOfYear(dayOf('2024-12-31'))).toBe(365);
  });
});

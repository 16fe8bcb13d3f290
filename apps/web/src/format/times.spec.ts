import { describe, expect, it } from '@jest/globals';
import { dateTime, duration, periodName, relative, utc } from './times.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');

describe('times', () => {
  it('names the zone-dependent instant in the zone asked for', () => {
    expect(dateTime('2026-03-01T23:30:00Z', 'Asia/Tokyo')).toBe('2 Mar 2026, 08:30');
  });

  it('titles an instant in UTC', () => {
    expect(utc('2026-03-01T23:30:00.000Z')).toBe('2026-03-01 23:30:00 UTC');
  });

  it('names a month in UTC whatever the reader zone is', () => {
    expect(periodName('2026-03-01T00:00:00Z', 'MONTHLY')).toBe('Mar 2026');
  });

  it('says how far away an instant is in two units', () => {
    expect(relative('2026-03-01T15:20:00Z', NOW)).toBe('in 3 h 20 min');
    expect(relative('2026-03-01T11:55:58Z', NOW)).toBe('4 min 2 s ago');
    expect(relative('2026-03-01T12:00:02Z', NOW)).toBe('now');
  });

  it('drops the second unit when it is nothing or does not matter', () => {
    expect(duration(7200)).toBe('2 h');
    expect(duration(86_400 * 12 + 3600 * 5)).toBe('12 d');
  });

  it('gives text that is no date back unchanged', () => {
    expect(dateTime('soon')).toBe('soon');
  });
});

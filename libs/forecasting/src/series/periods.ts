import type { Frequency } from '../contract/panel.js';

const DAY_MS = 86_400_000;
/** 1970-01-01 was a Thursday: three days after a Monday. */
const DAYS_AFTER_MONDAY = 3;

/**
 * The number of the period that holds an instant, counted from the one that holds 1970-01-01 UTC.
 * Weeks are ISO weeks and start on Monday.
 *
 * @param timeMs milliseconds since the epoch
 * @example periodIndex(Date.parse('1970-02-28'), 'monthly') // 1
 */
export function periodIndex(timeMs: number, frequency: Frequency): number {
  const day = Math.floor(timeMs / DAY_MS);
  if (frequency === 'daily') return day;
  if (frequency === 'weekly') return Math.floor((day + DAYS_AFTER_MONDAY) / 7);
  const date = new Date(timeMs);
  return (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
}

/** The first instant of a period, milliseconds since the epoch, UTC. */
export function periodStartMs(index: number, frequency: Frequency): number {
  if (frequency === 'daily') return index * DAY_MS;
  if (frequency === 'weekly') return (index * 7 - DAYS_AFTER_MONDAY) * DAY_MS;
  return Date.UTC(1970 + Math.floor(index / 12), ((index % 12) + 12) % 12, 1);
}

/** The first day of a period as `YYYY-MM-DD`. */
export const periodStart = (index: number, frequency: Frequency): string =>
  new Date(periodStartMs(index, frequency)).toISOString().slice(0, 10);

/**
 * First instants of the last periods of a series, milliseconds since the epoch, oldest first.
 *
 * @param most so many at most
 * @example lastPeriodsMs({ start: '1970-01-01', frequency: 'daily', count: 3 }, 1) // [172_800_000]
 */
export function lastPeriodsMs(
  {
    start,
    frequency,
    count,
  }: { readonly start: string; readonly frequency: Frequency; readonly count: number },
  most: number,
): number[] {
  const end = periodIndex(Date.parse(start), frequency) + count;
  const length = Math.min(count, most);
  return Array.from({ length }, (_, at) => periodStartMs(end - length + at, frequency));
}

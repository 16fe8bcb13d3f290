/** Length of a period, in UTC; weeks begin on Monday. */
export type TrendFrequency = 'DAILY' | 'WEEKLY' | 'MONTHLY';

const DAY_MS = 86_400_000;
/** 1969-12-29, a Monday. */
const FIRST_MONDAY = -3 * DAY_MS;

/** Start of the period that a time lies in. */
export function periodStart(time: Date, frequency: TrendFrequency): Date {
  const day = Math.floor(time.getTime() / DAY_MS) * DAY_MS;
  if (frequency === 'DAILY') return new Date(day);
  if (frequency === 'WEEKLY')
    return new Date(day - (((((day - FIRST_MONDAY) / DAY_MS) % 7) + 7) % 7) * DAY_MS);
  return new Date(Date.UTC(time.getUTCFullYear(), time.getUTCMonth(), 1));
}

/** Start of the period after the one that begins at `start`. */
export function nextPeriod(start: Date, frequency: TrendFrequency): Date {
  if (frequency === 'MONTHLY') return new Date(Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + 1, 1));
  return new Date(start.getTime() + (frequency === 'DAILY' ? 1 : 7) * DAY_MS);
}

/** Starts of all periods from the one of `from` to the one of `to`, both included. */
export function periodsBetween(from: Date, to: Date, frequency: TrendFrequency): Date[] {
  const starts: Date[] = [];
  for (let start = periodStart(from, frequency); start <= to; start = nextPeriod(start, frequency))
    starts.push(start);
  return starts;
}

/** Days are counted from 1970-01-01 in UTC; a day number times `DAY_MS` is its midnight in Unix milliseconds. */
export const DAY_MS = 86_400_000;

/**
 * The day number of an ISO date.
 *
 * @throws RangeError when the text is no date of the calendar
 * @example dayOf('1970-01-02') // 1
 */
export function dayOf(date: string): number {
  const ms = /^\d{4}-\d{2}-\d{2}$/.test(date) ? Date.parse(`${date}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(ms) || isoDate(ms / DAY_MS) !== date)
    throw new RangeError(`not a date of the calendar: ${date}`);
  return ms / DAY_MS;
}

/** The ISO date of a day number, the inverse of `dayOf`. */
export function isoDate(day: number): string {
  return new Date(day * DAY_MS).toISOString().slice(0, 10);
}

/** The day number `months` calendar months after a day; a day past the end of that month becomes its last day. */
export function addMonths(day: number, months: number): number {
  const date = new Date(day * DAY_MS);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth() + months];
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  return Date.UTC(year, month, Math.min(date.getUTCDate(), lastDay)) / DAY_MS;
}

/** 0 for Monday to 6 for Sunday. */
export function weekday(day: number): number {
  return (((day + 3) % 7) + 7) % 7;
}

/** The day of the year, 0 for January 1st. */
export function dayOfYear(day: number): number {
  const year = new Date(day * DAY_MS).getUTCFullYear();
  return day - Date.UTC(year, 0, 1) / DAY_MS;
}

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The reader's own zone is used unless another is named. */
export function dateTime(iso: string, timeZone?: string): string {
  return formatIn(iso, { dateStyle: 'medium', timeStyle: 'short', timeZone });
}

export function dateOnly(iso: string, timeZone?: string): string {
  return formatIn(iso, { dateStyle: 'medium', timeZone });
}

/** Hours and minutes alone, where the day is plain. */
export function timeOnly(iso: string, timeZone?: string): string {
  return formatIn(iso, { timeStyle: 'short', timeZone });
}

/** The same instant in UTC, for titles. */
export function utc(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso;
  return at.toISOString().replace('T', ' ').replace('.000Z', 'Z').replace('Z', ' UTC');
}

/** A forecast period is a calendar period in UTC, so its name is made there and not in the reader's zone. */
export function periodName(iso: string, frequency: string): string {
  if (frequency === 'MONTHLY') return formatIn(iso, { month: 'short', year: 'numeric', timeZone: 'UTC' });
  return formatIn(iso, { day: 'numeric', month: 'short', year: 'numeric', timeZone: 'UTC' });
}

/** "in 3 h 20 min", "4 min ago": two units at most. */
export function relative(iso: string, nowMs: number): string {
  const seconds = Math.round((new Date(iso).getTime() - nowMs) / 1000);
  if (Number.isNaN(seconds)) return '–';
  if (Math.abs(seconds) < 5) return 'now';
  const words = duration(Math.abs(seconds));
  return seconds > 0 ? `in ${words}` : `${words} ago`;
}

/** A length of time from whole seconds, in its two largest units. */
export function duration(seconds: number): string {
  if (seconds < MINUTE) return `${Math.max(0, Math.round(seconds))} s`;
  if (seconds < HOUR) return pair(seconds, MINUTE, 'min', 1, 's');
  if (seconds < DAY) return pair(seconds, HOUR, 'h', MINUTE, 'min');
  return pair(seconds, DAY, 'd', HOUR, 'h');
}

function pair(seconds: number, large: number, largeName: string, small: number, smallName: string): string {
  const first = Math.floor(seconds / large);
  const second = Math.floor((seconds % large) / small);
  return second === 0 || first >= 10
    ? `${first} ${largeName}`
    : `${first} ${largeName} ${second} ${smallName}`;
}

function formatIn(iso: string, options: Intl.DateTimeFormatOptions): string {
  const at = new Date(iso);
  return Number.isNaN(at.getTime()) ? iso : new Intl.DateTimeFormat('en-GB', options).format(at);
}

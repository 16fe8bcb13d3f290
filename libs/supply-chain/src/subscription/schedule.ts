import { invalidControl } from './subscription.errors.js';

/** Fields of a schedule (EPCIS 2.0 §8.2.5.3), from fine to coarse; days of the week last. */
export const SCHEDULE_FIELDS = ['second', 'minute', 'hour', 'dayOfMonth', 'month', 'dayOfWeek'] as const;
type Field = (typeof SCHEDULE_FIELDS)[number];

/** A schedule as it was given. */
export type ScheduleText = Readonly<Partial<Record<Field, string>>>;

/** When a query is run, in UTC: every moment whose parts are among these. */
export type Schedule = Readonly<Record<Field, ReadonlySet<number>>>;

const RANGE: Readonly<Record<Field, readonly [number, number]>> = {
  second: [0, 59],
  minute: [0, 59],
  hour: [0, 23],
  dayOfMonth: [1, 31],
  month: [1, 12],
  dayOfWeek: [1, 7],
};
const ELEMENT = /^(?:(\d{1,2})|\[(\d{1,2})-(\d{1,2})\])$/;
const MAX_LENGTH = 200;
const DAY_MS = 86_400_000;
/** From one leap day that is a Sunday to the next there are up to 40 years, across 2100. */
const MAX_DAYS = 41 * 366;

/**
 * Reads a schedule. What is finer than its finest field is zero, so that `{ hour: '1' }` is once a day; every other field
 * that is missing is any.
 *
 * @throws SubscriptionError SUBSCRIPTION_INVALID
 * @example parseSchedule({ minute: '[0-3],30' }) // at 0, 1, 2, 3 and 30 minutes of every hour
 */
export function parseSchedule(text: ScheduleText): Schedule {
  const given = SCHEDULE_FIELDS.filter((field) => text[field] !== undefined);
  if (given.length === 0) throw invalidControl('schedule', `needs one of ${SCHEDULE_FIELDS.join(', ')}`);
  const clock = ['second', 'minute', 'hour'] as const;
  const finest = clock.findIndex((field) => text[field] !== undefined);
  const isZero = (field: Field): boolean => {
    const place = (clock as readonly Field[]).indexOf(field);
    return place >= 0 && (finest < 0 || place < finest);
  };
  const parts = SCHEDULE_FIELDS.map((field) => {
    const own = text[field];
    if (own !== undefined) return [field, valuesOf(field, own)] as const;
    const [from, to] = RANGE[field];
    return [field, isZero(field) ? new Set([0]) : span(from, to)] as const;
  });
  return Object.fromEntries(parts) as Record<Field, ReadonlySet<number>>;
}

/** The first moment after `time` that a schedule names; undefined when there is none, as on 31 February. */
export function nextMoment(schedule: Schedule, time: Date): Date | undefined {
  const first = new Date(Math.floor(time.getTime() / 1_000) * 1_000 + 1_000);
  const midnight = Date.UTC(first.getUTCFullYear(), first.getUTCMonth(), first.getUTCDate());
  for (let day = 0; day < MAX_DAYS; day++) {
    const date = new Date(midnight + day * DAY_MS);
    if (!isDay(schedule, date)) continue;
    const moment = firstIn(schedule, date, day === 0 ? first : date);
    if (moment) return moment;
  }
  return undefined;
}

function isDay({ dayOfMonth, month, dayOfWeek }: Schedule, date: Date): boolean {
  return (
    dayOfMonth.has(date.getUTCDate()) &&
    month.has(date.getUTCMonth() + 1) &&
    dayOfWeek.has(date.getUTCDay() === 0 ? 7 : date.getUTCDay())
  );
}

function firstIn({ hour, minute, second }: Schedule, midnight: Date, from: Date): Date | undefined {
  for (const h of ascending(hour)) {
    for (const m of ascending(minute)) {
      const last = midnight.getTime() + (h * 3_600 + m * 60 + 59) * 1_000;
      if (last < from.getTime()) continue;
      for (const s of ascending(second)) {
        const moment = midnight.getTime() + (h * 3_600 + m * 60 + s) * 1_000;
        if (moment >= from.getTime()) return new Date(moment);
      }
    }
  }
  return undefined;
}

function valuesOf(field: Field, text: string): ReadonlySet<number> {
  const [lowest, highest] = RANGE[field];
  const expected = `takes numbers from ${lowest} to ${highest} and ranges such as [${lowest}-${lowest + 1}], with commas between`;
  if (text.length > MAX_LENGTH) throw invalidControl(field, expected);
  const values = new Set<number>();
  for (const element of text.split(',')) {
    const [, one, from, to] = ELEMENT.exec(element.trim()) ?? [];
    const [start, end] = [Number(one ?? from), Number(one ?? to)];
    if (!(start >= lowest && end <= highest && start <= end)) throw invalidControl(field, expected);
    for (const value of span(start, end)) values.add(value);
  }
  return values;
}

function span(from: number, to: number): Set<number> {
  return new Set(Array.from({ length: to - from + 1 }, (_, index) => from + index));
}

function ascending(values: ReadonlySet<number>): number[] {
  return [...values].sort((one, other) => one - other);
}

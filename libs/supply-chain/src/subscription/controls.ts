import { isTime } from '../query/values.js';
import type { EventQuery } from '../query/criterion.js';
import { nextMoment, parseSchedule, SCHEDULE_FIELDS, type ScheduleText } from './schedule.js';
import { invalidControl } from './subscription.errors.js';

/** When a subscriber is told. */
export interface Controls {
  /** Null: whenever a captured event matches. */
  readonly schedule: ScheduleText | null;
  /** A run of the schedule that finds nothing is told as well. */
  readonly reportIfEmpty: boolean;
  /** Events recorded from then on; null: from the subscription on. */
  readonly initialRecordTime: Date | null;
}

/** Parameters of an address that subscribe over a websocket. */
export const CONTROL_NAMES: ReadonlySet<string> = new Set([
  ...SCHEDULE_FIELDS,
  'stream',
  'reportIfEmpty',
  'initialRecordTime',
]);

/**
 * Reads when a subscriber wants to be told, from JSON or from texts of an address.
 *
 * @param now a schedule must have a moment after it
 * @throws SubscriptionError SUBSCRIPTION_INVALID
 */
export function parseControls(raw: Readonly<Record<string, unknown>>, now: Date): Controls {
  const stream = raw['stream'] === undefined ? false : flag('stream', raw['stream']);
  const schedule = raw['schedule'] === undefined ? null : scheduleText(raw['schedule']);
  if (raw['stream'] !== undefined && !stream) throw invalidControl('stream', 'takes true, or is left out');
  if (stream && schedule) throw invalidControl('stream', 'excludes a schedule');
  if (!stream && !schedule) {
    const way = '"stream": true to be told of each event, or a schedule';
    throw invalidControl('stream', `missing; give ${way}`);
  }
  const reportIfEmpty = raw['reportIfEmpty'] !== undefined && flag('reportIfEmpty', raw['reportIfEmpty']);
  if (schedule && !nextMoment(parseSchedule(schedule), now)) {
    throw invalidControl('schedule', 'names no moment that will come');
  }
  return { schedule, reportIfEmpty, initialRecordTime: timeOf(raw['initialRecordTime']) };
}

/** Reads the parameters of an address, where the fields of a schedule stand by themselves. */
export function controlsOfAddress(search: ReadonlyMap<string, string>, now: Date): Controls {
  const fields = SCHEDULE_FIELDS.filter((field) => search.has(field));
  const schedule = Object.fromEntries(fields.map((field) => [field, search.get(field)]));
  const others = Object.fromEntries([...search].filter(([name]) => CONTROL_NAMES.has(name)));
  return parseControls({ ...others, ...(fields.length > 0 ? { schedule } : {}) }, now);
}

/** @throws SubscriptionError for a query that cuts its answer: a subscriber is told of everything that matches. */
export function refuseCuts({ eventCountLimit, maxEventCount }: EventQuery): void {
  if (eventCountLimit === undefined && maxEventCount === undefined) return;
  const name = eventCountLimit === undefined ? 'maxEventCount' : 'eventCountLimit';
  throw invalidControl(name, 'a query that cuts its answer cannot be subscribed to; make one without');
}

function scheduleText(raw: unknown): ScheduleText {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw invalidControl('schedule', `takes an object of ${SCHEDULE_FIELDS.join(', ')}`);
  }
  const entries = Object.entries(raw as Readonly<Record<string, unknown>>).map(([name, value]) => {
    const isKnown = (SCHEDULE_FIELDS as readonly string[]).includes(name);
    if (!isKnown) throw invalidControl(`schedule.${name}`, `is none of ${SCHEDULE_FIELDS.join(', ')}`);
    if (typeof value !== 'string' && typeof value !== 'number') throw invalidControl(name, 'takes a text');
    return [name, String(value)];
  });
  const schedule = Object.fromEntries(entries) as ScheduleText;
  parseSchedule(schedule);
  return schedule;
}

function flag(name: string, value: unknown): boolean {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw invalidControl(name, 'takes true or false');
}

function timeOf(raw: unknown): Date | null {
  if (raw === undefined) return null;
  // A `+` in an address that was not encoded arrives as a blank.
  const text = typeof raw === 'string' ? raw.replace(/ (?=\d\d:\d\d$)/, '+') : '';
  if (!isTime(text)) throw invalidControl('initialRecordTime', 'takes a time such as 2026-01-31T12:00:00Z');
  return new Date(text);
}

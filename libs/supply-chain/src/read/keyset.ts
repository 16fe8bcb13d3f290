import { InvalidCursorError, type CursorParts } from '@tallyhouse/database';

/** Which part of a list is wanted: at most `first` rows after the row of the cursor `after`. */
export interface PageRequest {
  readonly first: number;
  readonly after?: string | null;
}

/** SQL for a time in a cursor: UTC to the microsecond, since a row's exact position decides where the next page begins. */
export function exactTime(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
}

const EXACT_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The time and id that a cursor of a list by time holds. */
export function timeAndId(parts: CursorParts): { time: string; id: string } {
  const [time, id] = parts;
  if (typeof time !== 'string' || !isExactTime(time) || !isUuid(id)) throw new InvalidCursorError();
  return { time, id };
}

/** Whether a value can be compared with a `uuid` column. */
export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}

function isExactTime(text: string): boolean {
  const time = new Date(text);
  return (
    EXACT_TIME.test(text) && !Number.isNaN(time.getTime()) && time.toISOString().startsWith(text.slice(0, 23))
  );
}

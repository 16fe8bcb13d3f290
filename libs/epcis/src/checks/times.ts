import { escapePointer } from '../document/scan.js';
import type { EpcisEvent, JsonObject, JsonValue } from '../epcis.types.js';
import { parseTime } from '../hash/values.js';
import type { EventFault } from './event-fault.js';

/** Clocks that the checks cannot know by themselves. */
export type TimeOptions = {
  /** The moment of capture; without it nothing is called a thing of the future. */
  now?: Date;
  /** How far two clocks may differ, milliseconds; 5 minutes unless given. */
  clockSkewMs?: number;
};

const DEFAULT_SKEW_MS = 5 * 60_000;
const DATE = /^\d{4}-\d\d-\d\d$/;

/** Times that stand in the wrong order: what is recorded before it happened, what ends before it began. */
export function timeFaults(event: EpcisEvent, options: TimeOptions): EventFault[] {
  const faults: EventFault[] = [];
  const skew = options.clockSkewMs ?? DEFAULT_SKEW_MS;
  const latest = (
    value: JsonValue | undefined,
    pointer: string,
    limit: number | undefined,
    expected: string,
  ): void => {
    const at = instant(value);
    if (at === undefined || limit === undefined || at.ms <= limit + skew) return;
    faults.push({ pointer, rule: 'time-order', found: at.text, expected });
  };
  const now = options.now?.getTime();
  const capture = `no later than the time of capture, ${options.now?.toISOString()}`;
  latest(
    event.eventTime,
    '/eventTime',
    instant(event.recordTime)?.ms,
    `no later than recordTime ${event.recordTime}`,
  );
  latest(event.eventTime, '/eventTime', now, capture);
  latest(event.errorDeclaration?.declarationTime, '/errorDeclaration/declarationTime', now, capture);
  event.sensorElementList?.forEach(({ sensorMetadata, sensorReport }, index) => {
    const pointer = `/sensorElementList/${index}`;
    faults.push(...intervalFaults(sensorMetadata, `${pointer}/sensorMetadata`));
    latest(sensorMetadata?.['time'], `${pointer}/sensorMetadata/time`, now, capture);
    sensorReport.forEach(({ time }, at) => latest(time, `${pointer}/sensorReport/${at}/time`, now, capture));
  });
  faults.push(...intervalFaults(event.ilmd, '/ilmd'));
  return faults;
}

/** Pairs `…start…` and `…end…` of one object: `startTime` and `endTime`, `cbvmda:harvestStartDate` and `…EndDate`. */
function intervalFaults(holder: JsonObject | undefined, pointer: string): EventFault[] {
  return Object.entries(holder ?? {}).flatMap(([key, value]) => {
    const endKey = key.replace(/(^|:)start(?=Time|Date)/, '$1end').replace(/Start(?=Time$|Date$)/, 'End');
    const start = instant(value);
    const end = endKey === key ? undefined : instant(holder?.[endKey]);
    if (start === undefined || end === undefined || start.ms <= end.ms) return [];
    const expected = `no earlier than ${key} ${start.text}`;
    return [
      { pointer: `${pointer}/${escapePointer(endKey)}`, rule: 'time-order', found: end.text, expected },
    ];
  });
}

/** A time or the start of a day, in milliseconds; undefined for anything else. */
function instant(text: JsonValue | undefined): { ms: number; text: string } | undefined {
  if (typeof text !== 'string') return undefined;
  const ms = parseTime(DATE.test(text) ? `${text}T00:00:00Z` : text);
  return ms === undefined ? undefined : { ms, text };
}

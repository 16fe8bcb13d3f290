import type { EpcisEvent, JsonObject, QuantityElement } from '../epcis.types.js';
import { parseTime } from '../hash/values.js';
import { identifierFault } from './identifiers.js';

/** What is wrong with an event that is right by its schema; `pointer` starts at the event. */
export type EventFault = { pointer: string; rule: string; found: string; expected: string };

/** What the checks cannot know by themselves. */
export type CheckOptions = {
  /** The moment of capture; without it nothing is called a thing of the future. */
  now?: Date;
  /** How far two clocks may differ, milliseconds; 5 minutes unless given. */
  clockSkewMs?: number;
};

const DEFAULT_SKEW_MS = 5 * 60_000;
const EPC_LISTS = ['epcList', 'childEPCs', 'inputEPCList', 'outputEPCList'] as const;
const QUANTITY_LISTS = [
  'quantityList',
  'childQuantityList',
  'inputQuantityList',
  'outputQuantityList',
] as const;

/** Rules that the schema cannot say: check digits, EPC URN lengths, negative quantities, order in time. */
export function eventFaults(event: EpcisEvent, options: CheckOptions): EventFault[] {
  const faults: EventFault[] = [];
  checkIdentifiers(event, faults);
  for (const list of QUANTITY_LISTS) checkQuantities(list, event[list], faults);
  checkTimes(event, options, faults);
  return faults;
}

function checkIdentifiers(event: EpcisEvent, faults: EventFault[]): void {
  const check = (uri: string | undefined, pointer: string): void => {
    const fault = uri === undefined ? undefined : identifierFault(uri);
    if (fault) faults.push({ pointer, ...fault });
  };
  for (const list of EPC_LISTS) event[list]?.forEach((uri, index) => check(uri, `/${list}/${index}`));
  for (const list of QUANTITY_LISTS) {
    event[list]?.forEach((element, index) => check(element.epcClass, `/${list}/${index}/epcClass`));
  }
  check(event.parentID, '/parentID');
  check(event.readPoint?.id, '/readPoint/id');
  check(event.bizLocation?.id, '/bizLocation/id');
  event.sourceList?.forEach(({ source }, index) => check(source, `/sourceList/${index}/source`));
  event.destinationList?.forEach(({ destination }, index) =>
    check(destination, `/destinationList/${index}/destination`),
  );
}

function checkQuantities(
  list: string,
  elements: readonly QuantityElement[] | undefined,
  faults: EventFault[],
): void {
  elements?.forEach(({ quantity }, index) => {
    if (quantity === undefined || quantity >= 0) return;
    const expected = 'a quantity of zero or more; say by action or bizStep that goods went away';
    faults.push({
      pointer: `/${list}/${index}/quantity`,
      rule: 'negative-quantity',
      found: String(quantity),
      expected,
    });
  });
}

function checkTimes(event: EpcisEvent, options: CheckOptions, faults: EventFault[]): void {
  const skew = options.clockSkewMs ?? DEFAULT_SKEW_MS;
  const now = options.now?.getTime();
  const latest = (
    time: string | undefined,
    pointer: string,
    limit: number | undefined,
    expected: string,
  ): void => {
    const at = time === undefined ? undefined : parseTime(time);
    if (time !== undefined && at !== undefined && limit !== undefined && at > limit + skew) {
      faults.push({ pointer, rule: 'time-order', found: time, expected });
    }
  };
  const recorded = event.recordTime === undefined ? undefined : parseTime(event.recordTime);
  latest(event.eventTime, '/eventTime', recorded, `no later than recordTime ${event.recordTime}`);
  latest(
    event.eventTime,
    '/eventTime',
    now,
    `no later than the time of capture, ${options.now?.toISOString()}`,
  );
  const declared = event.errorDeclaration?.declarationTime;
  latest(declared, '/errorDeclaration/declarationTime', now, 'no later than the time of capture');
  event.sensorElementList?.forEach(({ sensorMetadata }, index) => {
    checkInterval(sensorMetadata, `/sensorElementList/${index}/sensorMetadata`, faults);
  });
}

function checkInterval(metadata: JsonObject | undefined, pointer: string, faults: EventFault[]): void {
  if (typeof metadata?.startTime !== 'string' || typeof metadata.endTime !== 'string') return;
  const start = parseTime(metadata.startTime);
  const end = parseTime(metadata.endTime);
  if (start === undefined || end === undefined || start <= end) return;
  const expected = `no earlier than startTime ${metadata.startTime}`;
  faults.push({ pointer: `${pointer}/endTime`, rule: 'time-order', found: metadata.endTime, expected });
}

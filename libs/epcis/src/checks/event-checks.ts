import type { EpcisEvent } from '../epcis.types.js';
import { EPC_LISTS, QUANTITY_LISTS, type EventFault } from './event-fault.js';
import { identifierFault } from './identifiers.js';
import { objectFaults, prefixFaults } from './objects.js';
import { quantityFaults } from './quantities.js';
import { stepFaults } from './steps.js';
import { timeFaults, type TimeOptions } from './times.js';

/** What the checks cannot know by themselves. */
export type CheckOptions = TimeOptions & {
  /** GS1 Company Prefixes of the sender; given some, it creates identifiers under no other. */
  companyPrefixes?: readonly string[];
};

const SENSOR_URIS = ['deviceID', 'deviceMetadata', 'rawData'] as const;

/**
 * Rules that the schema cannot say: identifiers that add up, objects that do not contradict themselves, amounts and
 * units that can be, times in order, business steps that fit disposition and action.
 */
export function eventFaults(event: EpcisEvent, options: CheckOptions): EventFault[] {
  const prefixes = options.companyPrefixes ?? [];
  return [
    ...identifierFaults(event),
    ...objectFaults(event),
    ...(prefixes.length > 0 ? prefixFaults(event, prefixes) : []),
    ...quantityFaults(event),
    ...timeFaults(event, options),
    ...stepFaults(event),
  ];
}

function identifierFaults(event: EpcisEvent): EventFault[] {
  const faults: EventFault[] = [];
  const check = (uri: unknown, pointer: string): void => {
    const fault = typeof uri === 'string' ? identifierFault(uri) : undefined;
    if (fault) faults.push({ pointer, ...fault });
  };
  for (const list of EPC_LISTS) event[list]?.forEach((uri, index) => check(uri, `/${list}/${index}`));
  for (const list of QUANTITY_LISTS) {
    event[list]?.forEach(({ epcClass }, index) => check(epcClass, `/${list}/${index}/epcClass`));
  }
  check(event.parentID, '/parentID');
  check(event.readPoint?.id, '/readPoint/id');
  check(event.bizLocation?.id, '/bizLocation/id');
  event.sourceList?.forEach(({ source }, index) => check(source, `/sourceList/${index}/source`));
  event.destinationList?.forEach(({ destination }, index) =>
    check(destination, `/destinationList/${index}/destination`),
  );
  event.sensorElementList?.forEach(({ sensorMetadata, sensorReport }, at) => {
    const element = `/sensorElementList/${at}`;
    for (const key of SENSOR_URIS) {
      check(sensorMetadata?.[key], `${element}/sensorMetadata/${key}`);
      sensorReport.forEach((report, index) => check(report[key], `${element}/sensorReport/${index}/${key}`));
    }
  });
  return faults;
}

import { seededRandom } from '@tallyhouse/compute';
import type { EpcisEvent } from '@tallyhouse/epcis';

const START_MS = Date.UTC(2026, 0, 5);
const MINUTE_MS = 60_000;

/** A thousand readings of a cold room, one a minute; for the last hundred its door stands open. */
export function coldRoomEvents(): EpcisEvent[] {
  const random = seededRandom(7);
  return Array.from({ length: 1_000 }, (_, at) => {
    const eventTime = new Date(START_MS + at * MINUTE_MS).toISOString();
    const value = Math.round(100 * (4 + 0.5 * random.normal() + (at >= 900 ? 8 : 0))) / 100;
    return {
      type: 'ObjectEvent',
      eventTime,
      eventTimeZoneOffset: '+00:00',
      epcList: ['urn:epc:id:sgtin:9521141.001234.7'],
      action: 'OBSERVE',
      bizStep: 'sensor_reporting',
      sensorElementList: [
        {
          sensorMetadata: { deviceID: 'urn:epc:id:giai:9521141.12345' },
          sensorReport: [{ type: 'Temperature', value, uom: 'CEL' }],
        },
      ],
    };
  });
}

/** The event again, declared wrong. */
export function wrongly(event: EpcisEvent): EpcisEvent {
  return {
    ...event,
    errorDeclaration: { declarationTime: '2026-01-07T10:00:00Z', reason: 'incorrect_data' },
  };
}

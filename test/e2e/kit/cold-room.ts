import type { EpcisEvent } from '@tallyhouse/epcis';

const MINUTE_MS = 60_000;

interface ColdRoom {
  /** URI of the place that is read. */
  readonly place: string;
  readonly fromMs: number;
  readonly readings: number;
  /** Degrees above what is usual. */
  readonly warmer: number;
}

/** An event with a reading a minute of one sensor, near 4 °C and never twice the same. */
export function coldRoom({ place, fromMs, readings, warmer }: ColdRoom): EpcisEvent {
  const sensorReport = Array.from({ length: readings }, (_, at) => {
    const timeMs = fromMs + at * MINUTE_MS;
    const noise = Math.sin((timeMs / MINUTE_MS) * 12.9898) * 43_758.5453;
    const value = Math.round(100 * (4 + noise - Math.floor(noise) + warmer)) / 100;
    return { type: 'Temperature', value, uom: 'CEL', time: new Date(timeMs).toISOString() };
  });
  return {
    ...{ type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'sensor_reporting' },
    eventTime: new Date(fromMs + readings * MINUTE_MS).toISOString(),
    eventTimeZoneOffset: '+00:00',
    epcList: ['urn:epc:id:sgtin:9521141.001234.C1'],
    readPoint: { id: place },
    sensorElementList: [{ sensorMetadata: { deviceID: 'urn:epc:id:giai:9521141.12345' }, sensorReport }],
  };
}

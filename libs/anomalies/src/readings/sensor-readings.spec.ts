import { describe, expect, it } from '@jest/globals';
import { sensorReadings, streamId, type SensorEvent } from './sensor-readings.js';

const EVENT = { id: 'e1', partner: '0xa', timeMs: 1_000, place: 'urn:epc:id:sgln:9521141.00001.4' };
const DEVICE = 'urn:epc:id:giai:9521141.12345';

const event = (sensors: unknown, place: string | null = EVENT.place): SensorEvent => ({
  ...EVENT,
  place,
  sensors,
});

describe('readings of an event', () => {
  it('take sensor and time from the report, else from what is known of the sensor, else from the event', () => {
    const sensorMetadata = { time: '2026-01-05T10:00:00Z', deviceID: DEVICE };
    const report = { type: 'Temperature', value: 4.5, uom: 'CEL' };
    const [own, shared] = sensorReadings(
      event([
        {
          sensorMetadata,
          sensorReport: [{ ...report, time: '2026-01-05T10:05:00Z', deviceID: 'urn:x:1' }, report],
        },
      ]),
    );
    expect([own!.stream.source, own!.timeMs]).toEqual(['urn:x:1', Date.parse('2026-01-05T10:05:00Z')]);
    expect([shared!.stream.source, shared!.timeMs]).toEqual([DEVICE, Date.parse('2026-01-05T10:00:00Z')]);
    const [bare] = sensorReadings(event([{ sensorReport: [report] }]));
    expect(bare).toMatchObject({ timeMs: 1_000, stream: { source: EVENT.place, sourceIsDevice: false } });
  });

  it('are of a mean where no value is told, and none of words, of extremes alone and of nowhere', () => {
    const reports = [
      { type: 'Temperature', meanValue: 3 },
      { type: 'Temperature', minValue: 1, maxValue: 5 },
      { type: 'Temperature', stringValue: 'warm' },
      { value: 3 },
    ];
    expect(sensorReadings(event([{ sensorReport: reports }])).map(({ value }) => value)).toEqual([3]);
    expect(sensorReadings(event([{ sensorReport: reports }], null))).toEqual([]);
    expect(sensorReadings(event('nothing of the kind'))).toEqual([]);
    expect(sensorReadings(event([null, { sensorReport: 7 }]))).toEqual([]);
  });

  it('are one stream for one quantity of one sensor in one unit, however the quantity is spelled', () => {
    const ids = [
      { type: 'Temperature', uom: 'CEL' },
      { type: 'gs1:Temperature', uom: 'CEL' },
      { type: 'https://gs1.org/voc/Temperature', uom: 'CEL' },
      { type: 'Temperature', uom: 'FAH' },
      { type: 'Acceleration', uom: 'CEL' },
      { type: 'Acceleration', uom: 'CEL', component: 'x' },
      { type: 'Temperature', uom: 'CEL', deviceID: DEVICE },
    ].map((report) =>
      streamId(sensorReadings(event([{ sensorReport: [{ ...report, value: 1 }] }]))[0]!.stream),
    );
    expect(new Set(ids.slice(0, 3)).size).toBe(1);
    expect(new Set(ids).size).toBe(5);
  });
});

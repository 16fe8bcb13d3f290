import { parseTime, type EpcisEvent, type SensorReport } from '@tallyhouse/epcis';

/** What a thermometer said over a time; degrees Celsius and Unix milliseconds. */
export interface Reading {
  readonly from: number;
  readonly to: number;
  readonly min: number;
  readonly max: number;
  /** The device itself raised an alarm. */
  readonly alarm: boolean;
}

/** UN/CEFACT Recommendation 20: Celsius, Fahrenheit, kelvin. */
const TO_CELSIUS: Readonly<Record<string, (value: number) => number>> = {
  CEL: (value) => value,
  FAH: (value) => ((value - 32) * 5) / 9,
  KEL: (value) => value - 273.15,
};

/** The temperatures that an event reports; reports of other kinds or without a known unit are left out. */
export function readingsOf(event: EpcisEvent): readonly Reading[] {
  if (!event.sensorElementList) return [];
  return event.sensorElementList.flatMap(({ sensorMetadata, sensorReport }) => {
    const at = timeOf(sensorMetadata?.time) ?? parseTime(event.eventTime) ?? 0;
    const from = timeOf(sensorMetadata?.startTime) ?? at;
    const to = timeOf(sensorMetadata?.endTime) ?? at;
    return sensorReport.flatMap((report) => readingOf(report, from, to));
  });
}

function readingOf(report: SensorReport, from: number, to: number): Reading[] {
  const celsius = TO_CELSIUS[report.uom ?? ''];
  if (!celsius || !report.type.endsWith('Temperature')) return [];
  const value = numberOf(report.value) ?? numberOf(report.meanValue);
  const min = numberOf(report.minValue) ?? value;
  const max = numberOf(report.maxValue) ?? value;
  if (min === undefined || max === undefined) return [];
  const at = timeOf(report.time);
  const alarm = typeof report.exception === 'string' && report.exception.endsWith('ALARM_CONDITION');
  return [{ from: at ?? from, to: at ?? to, min: celsius(min), max: celsius(max), alarm }];
}

function timeOf(value: unknown): number | undefined {
  return typeof value === 'string' ? parseTime(value) : undefined;
}

function numberOf(value: unknown): number | undefined {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

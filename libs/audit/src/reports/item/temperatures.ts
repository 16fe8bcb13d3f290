import type { EpcisEvent } from '@tallyhouse/epcis';
import { readingsOf } from '../../engine/readings.js';
import type { ReportTemperatures } from './item-report.js';

/** Sums up what thermometers said on the way, and names what was outside the limits. Null where none spoke. */
export function temperaturesOf(
  events: readonly { readonly id: string; readonly body: EpcisEvent }[],
  limits: ReportTemperatures['limits'],
): ReportTemperatures | null {
  const readings = events
    .flatMap(({ id, body }) => readingsOf(body).map((reading) => ({ ...reading, eventId: id })))
    .sort((a, b) => a.from - b.from);
  if (readings.length === 0) return null;
  const round = (celsius: number): number => Math.round(celsius * 100) / 100;
  return {
    readings: readings.length,
    min: round(readings.reduce((least, { min }) => Math.min(least, min), Infinity)),
    max: round(readings.reduce((most, { max }) => Math.max(most, max), -Infinity)),
    limits,
    outside: readings
      .filter(({ min, max }) => min < limits.min || max > limits.max)
      .map(({ from, to, min, max, eventId }) => ({
        ...{ from: new Date(from).toISOString(), to: new Date(to).toISOString(), eventId },
        ...{ min: round(min), max: round(max) },
      })),
  };
}

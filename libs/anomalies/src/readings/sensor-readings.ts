import { createHash } from 'node:crypto';

/** What a stream of readings is told apart by; readings of one stream can be compared with each other. */
export interface StreamIdentity {
  readonly partner: string;
  /** URI of the sensor, or of the place that it reports from where it has no name. */
  readonly source: string;
  readonly sourceIsDevice: boolean;
  /** What is measured, as EPCIS names it, such as `Temperature`. */
  readonly kind: string;
  /** Part of what is measured, such as an axis; '' for the whole. */
  readonly component: string;
  /** What it is measured of: a chemical substance or a microorganism; '' where it is neither. */
  readonly substance: string;
  /** Unit by UN/CEFACT Recommendation 20; '' where none is told. */
  readonly uom: string;
}

/** One number that a sensor reported. */
export interface Reading {
  readonly stream: StreamIdentity;
  readonly timeMs: number;
  /** In the unit of the stream. */
  readonly value: number;
  readonly eventId: string;
}

/** An event with sensor reports, as it was sent. */
export interface SensorEvent {
  readonly id: string;
  readonly partner: string;
  readonly timeMs: number;
  readonly place: string | null;
  /** `sensorElementList` of the event. */
  readonly sensors: unknown;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * The numbers that an event's sensors report: a value, or else a mean. Reports of neither are left out, and so are those that name no
 * sensor in an event that names no place: nobody could say what they go on from.
 */
export function sensorReadings(event: SensorEvent): Reading[] {
  return fieldsOf(event.sensors).flatMap((element) => {
    const [metadata = {}] = fieldsOf([element['sensorMetadata']]);
    return fieldsOf(element['sensorReport']).flatMap((report) => readingOf(event, metadata, report) ?? []);
  });
}

/** A stream's id: SHA-256 of what it is told apart by. */
export function streamId(stream: StreamIdentity): string {
  const { partner, source, kind, component, substance, uom } = stream;
  const text = JSON.stringify([partner, source, kind, component, substance, uom]);
  return `0x${createHash('sha256').update(text).digest('hex')}`;
}

function readingOf(event: SensorEvent, metadata: Fields, report: Fields): Reading | undefined {
  const value = report['value'] ?? report['meanValue'];
  const device = textOf(report['deviceID']) || textOf(metadata['deviceID']);
  const source = device || event.place;
  const kind = textOf(report['type']);
  if (typeof value !== 'number' || !Number.isFinite(value) || !source || !kind) return undefined;
  const stream: StreamIdentity = {
    partner: event.partner,
    source,
    sourceIsDevice: device !== '',
    kind: kind.slice(Math.max(kind.lastIndexOf('/'), kind.lastIndexOf(':'), kind.lastIndexOf('-')) + 1),
    component: textOf(report['component']),
    substance: textOf(report['chemicalSubstance']) || textOf(report['microorganism']),
    uom: textOf(report['uom']),
  };
  const timeMs =
    timeOf(report['time']) ?? timeOf(metadata['time']) ?? timeOf(metadata['endTime']) ?? event.timeMs;
  return { stream, timeMs, value, eventId: event.id };
}

function fieldsOf(value: unknown): Fields[] {
  return Array.isArray(value)
    ? value.filter((one): one is Fields => typeof one === 'object' && one !== null)
    : [];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function timeOf(value: unknown): number | undefined {
  const timeMs = typeof value === 'string' ? Date.parse(value) : NaN;
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

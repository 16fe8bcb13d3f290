import { bulkInsert } from '@tallyhouse/database';
import type { EntityManager } from 'typeorm';
import { streamWords } from './stream-words.js';
import type { StreamIdentity } from './sensor-readings.js';
import type { KeptStream, StreamAlarm } from './stream-watch.js';

/** A stream after readings were taken. */
export interface GrownStream {
  readonly id: string;
  readonly stream: StreamIdentity;
  readonly kept: KeptStream;
  readonly lastTimeMs: number;
  /** Readings that were taken now. */
  readonly taken: number;
  /** Readings that came too late to be taken. */
  readonly late: number;
  readonly alarms: readonly StreamAlarm[];
}

const STREAM_COLUMNS = {
  id: 'text',
  partner: 'text',
  source: 'text',
  source_is_device: 'boolean',
  kind: 'text',
  component: 'text',
  substance: 'text',
  uom: 'text',
  readings: 'int8',
  late: 'int8',
  last_time: 'timestamptz',
};

const ALARM_COLUMNS = {
  stream_id: 'text',
  event_id: 'uuid',
  period_start: 'timestamptz',
  value: 'float8',
  expected: 'float8',
  novelty: 'float8',
  detector: 'text',
  explanation: 'text',
  window_start: 'timestamptz',
  window_end: 'timestamptz',
  model_version: 'text',
  from_block: 'int8',
};

/** What is kept of some streams, by their ids. */
export async function keptStreams(
  manager: EntityManager,
  ids: readonly string[],
): Promise<Map<string, KeptStream>> {
  const rows = await manager.query<(KeptStream & { id: string })[]>(
    'SELECT stream_id AS id, state, events, step FROM reading_state WHERE stream_id = ANY($1)',
    [ids],
  );
  return new Map(rows.map(({ id, ...kept }) => [id, kept]));
}

/** Keeps streams as they are now, and their alarms. */
export async function keepStreams(
  manager: EntityManager,
  grown: readonly GrownStream[],
  version: string,
  block: number,
): Promise<void> {
  await bulkInsert(manager, 'reading_stream', STREAM_COLUMNS, grown.map(rowOf), GROW);
  for (const { id, kept } of grown) await manager.query(KEEP, [id, kept.state, kept.events, kept.step]);
  const alarms = grown.flatMap(({ id, stream, alarms: found }) =>
    found.map((alarm) => alarmRow(id, stream, alarm, version, block)),
  );
  await bulkInsert(manager, 'anomaly', ALARM_COLUMNS, alarms);
}

const GROW = `ON CONFLICT (id) DO UPDATE SET readings = reading_stream.readings + EXCLUDED.readings,
  late = reading_stream.late + EXCLUDED.late, last_time = EXCLUDED.last_time`;

const KEEP = `INSERT INTO reading_state (stream_id, state, events, step) VALUES ($1, $2, $3, $4)
  ON CONFLICT (stream_id) DO UPDATE SET state = EXCLUDED.state, events = EXCLUDED.events, step = EXCLUDED.step`;

function rowOf({ id, stream, taken, late, lastTimeMs }: GrownStream): unknown[] {
  const { partner, source, sourceIsDevice, kind, component, substance, uom } = stream;
  const identity = [id, partner, source, sourceIsDevice, kind, component, substance, uom];
  return [...identity, taken, late, new Date(lastTimeMs)];
}

function alarmRow(
  id: string,
  stream: StreamIdentity,
  alarm: StreamAlarm,
  version: string,
  block: number,
): unknown[] {
  const { at, usual, novelty, windowStartMs, windowEndMs } = alarm;
  return [
    ...[id, at.eventId, new Date(at.timeMs), at.value, usual, novelty, 'novelty', streamWords(stream, alarm)],
    ...[new Date(windowStartMs), new Date(windowEndMs), version, block],
  ];
}

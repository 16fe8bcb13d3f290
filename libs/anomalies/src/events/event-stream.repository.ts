import { createHash } from 'node:crypto';
import { bulkInsert } from '@tallyhouse/database';
import type { EntityManager } from 'typeorm';
import type { CapturedEvent } from './captured-event.js';
import type { EventAlarm, KeptEventStream } from './event-watch.js';
import { eventWords, inUnits } from './event-words.js';

/** A stream after events were taken. */
export interface GrownEventStream {
  readonly id: string;
  readonly partner: string;
  readonly bizStep: string;
  readonly kept: KeptEventStream;
  /** Events that were taken now. */
  readonly taken: number;
  readonly alarms: readonly EventAlarm[];
}

const STREAM_COLUMNS = { id: 'text', partner: 'text', biz_step: 'text', events: 'int8' };

const ALARM_COLUMNS = {
  event_stream_id: 'text',
  event_id: 'uuid',
  period_start: 'timestamptz',
  value: 'float8',
  expected: 'float8',
  p_value: 'float8',
  q_value: 'float8',
  detector: 'text',
  explanation: 'text',
  window_start: 'timestamptz',
  window_end: 'timestamptz',
  model_version: 'text',
  from_block: 'int8',
};

/** A stream's id: SHA-256 of the sender and the step, which events of one stream have in common. */
export function eventStreamId({ partner, bizStep }: Pick<CapturedEvent, 'partner' | 'bizStep'>): string {
  return `0x${createHash('sha256')
    .update(JSON.stringify([partner, bizStep]))
    .digest('hex')}`;
}

/** Of a stream's trees, so that they are the same wherever they are grown. */
export const eventSeedOf = (streamId: string): number => Number.parseInt(streamId.slice(2, 9), 16);

/** What is kept of some streams, by their ids; those that learned something else are left out. */
export async function keptEventStreams(
  manager: EntityManager,
  ids: readonly string[],
  learning: string,
): Promise<Map<string, KeptEventStream>> {
  const rows = await manager.query<(KeptEventStream & { id: string })[]>(
    'SELECT stream_id AS id, state, surroundings FROM event_stream_state WHERE stream_id = ANY($1) AND model_version = $2',
    [ids, learning],
  );
  return new Map(rows.map(({ id, ...kept }) => [id, kept]));
}

/** Keeps streams as they are now, and their alarms. */
export async function keepEventStreams(
  manager: EntityManager,
  grown: readonly GrownEventStream[],
  {
    learning,
    version,
    block,
  }: { readonly learning: string; readonly version: string; readonly block: number },
): Promise<void> {
  const rows = grown.map(({ id, partner, bizStep, taken }) => [id, partner, bizStep, taken]);
  await bulkInsert(manager, 'event_stream', STREAM_COLUMNS, rows, GROW);
  for (const { id, kept } of grown)
    await manager.query(KEEP, [id, kept.state, JSON.stringify(kept.surroundings), learning]);
  const alarms = grown.flatMap(({ id, alarms: found }) =>
    found.map((alarm) => alarmRow(id, alarm, version, block)),
  );
  await bulkInsert(manager, 'anomaly', ALARM_COLUMNS, alarms);
}

const GROW = 'ON CONFLICT (id) DO UPDATE SET events = event_stream.events + EXCLUDED.events';

const KEEP = `INSERT INTO event_stream_state (stream_id, state, surroundings, model_version) VALUES ($1, $2, $3, $4)
  ON CONFLICT (stream_id) DO UPDATE SET state = EXCLUDED.state, surroundings = EXCLUDED.surroundings,
    model_version = EXCLUDED.model_version`;

/** Value and what is usual are those of the most telling feature; the explanation says of what. */
function alarmRow(id: string, alarm: EventAlarm, version: string, block: number): unknown[] {
  const { event, pValue, qValue, features } = alarm;
  const { name, numbers, usual } = features[0]!;
  const expected = inUnits(name, usual);
  const at = new Date(event.timeMs);
  return [
    ...[id, event.id, at, inUnits(name, numbers), Number.isNaN(expected) ? null : expected, pValue, qValue],
    ...['isolation-forest', eventWords(alarm), at, new Date(event.timeMs + 1)],
    ...[version, block],
  ];
}

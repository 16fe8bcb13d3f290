import type { EntityManager } from 'typeorm';

/** Closes alarms whose event these events declare wrong, or was declared wrong before. */
export async function closeWithdrawn(
  manager: EntityManager,
  /** Whose alarms: each look closes its own. */
  stream: 'stream_id' | 'event_stream_id',
  declarations: readonly string[],
  alarmEvents: readonly string[],
  block: number,
): Promise<void> {
  if (declarations.length === 0 && alarmEvents.length === 0) return;
  await manager.query(
    `UPDATE anomaly SET to_block = GREATEST($3, from_block)
     WHERE ${stream} IS NOT NULL AND to_block IS NULL AND event_id IN (
       SELECT event_id FROM event_declared_erroneous WHERE declaration_id = ANY($1::uuid[]) OR event_id = ANY($2::uuid[]))`,
    [declarations, alarmEvents, block],
  );
}

import type { Known, Queryable } from '../../trace/as-of.js';
import type { ReportCorrection } from './item-report.js';
import type { LifeEvent } from './timeline.reader.js';

/** Events of a life that their partners declared wrong, in EPCIS or on chain. They stay, and do not count. */
export async function correctionsOf(
  manager: Queryable,
  life: readonly LifeEvent[],
  { wrongOnChain }: Known,
): Promise<ReportCorrection[]> {
  const wrong = life.filter(({ stands }) => !stands);
  if (wrong.length === 0) return [];
  const declared: { id: string; reason: string | null; at: Date }[] = await manager.query(
    `SELECT event_id AS id, reason, declaration_time AS at FROM event_declared_erroneous
     WHERE event_id = ANY($1::uuid[]) ORDER BY declaration_time`,
    [wrong.map(({ id }) => id)],
  );
  const onChain: { id: string; at: Date }[] = await manager.query(
    'SELECT event_id AS id, block_time AS at FROM event_error_on_chain WHERE event_id = ANY($1::uuid[])',
    [wrong.map(({ id }) => id).filter((id) => wrongOnChain.includes(id))],
  );
  return wrong.flatMap(({ id, time, bizStep }) => {
    const event = { eventId: id, time: time.toISOString(), bizStep };
    const inEpcis = declared.filter((row) => row.id === id);
    const byChain = onChain.filter((row) => row.id === id);
    return [
      ...inEpcis.map(({ reason, at }) => correction(event, 'EPCIS', reason, at)),
      ...byChain.map(({ at }) => correction(event, 'CHAIN', null, at)),
    ];
  });
}

function correction(
  event: Pick<ReportCorrection, 'eventId' | 'time' | 'bizStep'>,
  by: ReportCorrection['by'],
  reason: string | null,
  at: Date,
): ReportCorrection {
  return { ...event, by, reason, declaredAt: at.toISOString() };
}

import type { Queryable } from '../../trace/as-of.js';

const MAX_FINDINGS = 200;

/** Ids of findings about an item, or that rest on an event which names it; the worst first. */
export async function findingIdsOf(
  manager: Queryable,
  uri: string,
  events: readonly string[],
): Promise<string[]> {
  const rows: { id: string }[] = await manager.query(
    `SELECT f.id FROM finding f
     JOIN LATERAL (SELECT * FROM finding_change x WHERE x.finding_id = f.id ORDER BY x.seq DESC LIMIT 1) c ON true
     WHERE f.subject = ANY($1::text[]) OR f.id IN (
       SELECT x.finding_id FROM finding_change x WHERE x.evidence && $2::uuid[])
     ORDER BY array_position(ARRAY['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], c.severity), f.happened_at, f.id
     LIMIT ${MAX_FINDINGS}`,
    [[uri, `load ${uri}`], events],
  );
  return rows.map(({ id }) => id);
}

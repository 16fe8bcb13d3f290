import type { EntityManager } from 'typeorm';

/**
 * Forgets messages that were delivered or given up before. Those of endpoints that keep their history stay: they say who was
 * told of a recall.
 *
 * @returns how many
 */
export async function forgetDeliveries(queries: Pick<EntityManager, 'query'>, before: Date): Promise<number> {
  const [{ count }]: [{ count: number }] = await queries.query(
    `WITH gone AS (
       DELETE FROM webhook_delivery d USING webhook_endpoint e
       WHERE e.id = d.endpoint_id AND NOT e.keeps_history AND d.state <> 'WAITING'
         AND coalesce(d.delivered_at, d.created_at) < $1 RETURNING 1)
     SELECT count(*)::int AS count FROM gone`,
    [before],
  );
  return count;
}

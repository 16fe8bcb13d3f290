import type { EntityManager } from 'typeorm';

/** So many at a time, each in a transaction of its own: one that deletes for minutes would hold up deliveries. */
const AT_ONCE = 1_000;

/**
 * Forgets messages that were delivered or given up before. Those of endpoints that keep their history stay: they say who was
 * told of a recall.
 *
 * @returns how many; a thousand at most, so that it is to be called again until there are none
 */
export async function forgetDeliveries(queries: Pick<EntityManager, 'query'>, before: Date): Promise<number> {
  const [{ count }]: [{ count: number }] = await queries.query(
    `WITH gone AS (
       DELETE FROM webhook_delivery WHERE id IN (
         SELECT d.id FROM webhook_delivery d JOIN webhook_endpoint e ON e.id = d.endpoint_id
         WHERE NOT e.keeps_history AND d.state <> 'WAITING' AND coalesce(d.delivered_at, d.created_at) < $1
         LIMIT ${AT_ONCE}) RETURNING 1)
     SELECT count(*)::int AS count FROM gone`,
    [before],
  );
  return count;
}

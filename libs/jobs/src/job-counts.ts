import { isQueue, type QueueName } from './queues.js';

/** Jobs of a stage in one state. */
export interface JobCount {
  readonly stage: QueueName;
  readonly state: 'waiting' | 'running' | 'failed';
  readonly jobs: number;
  /** Since the oldest of them was asked for. */
  readonly oldestSeconds: number;
}

interface Queries {
  query(sql: string): Promise<unknown>;
}

/**
 * How many jobs wait, run and have failed for good, of all workers together; failed ones are kept for ten minutes.
 *
 * @returns nothing before the first worker has made the queue
 */
export async function jobCounts(queries: Queries): Promise<JobCount[]> {
  const [{ there }] = (await queries.query(`SELECT to_regclass('pgboss.job') IS NOT NULL AS there`)) as [
    { there: boolean },
  ];
  if (!there) return [];
  const rows = (await queries.query(
    `SELECT name, CASE state::text WHEN 'active' THEN 'running' WHEN 'failed' THEN 'failed' ELSE 'waiting' END AS state,
       count(*)::int AS jobs, extract(epoch FROM now() - min(created_on))::float8 AS seconds
     FROM pgboss.job WHERE state::text IN ('created', 'retry', 'active', 'failed') GROUP BY 1, 2`,
  )) as { name: string; state: JobCount['state']; jobs: number; seconds: number }[];
  return rows.flatMap(({ name, state, jobs, seconds }) =>
    isQueue(name) ? [{ stage: name, state, jobs, oldestSeconds: seconds }] : [],
  );
}

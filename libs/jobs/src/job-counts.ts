import { type QueueName, QUEUES } from './queues.js';

const STATES = ['waiting', 'running', 'failed'] as const;

/** Jobs of a stage in one state. */
export interface JobCount {
  readonly stage: QueueName;
  readonly state: (typeof STATES)[number];
  readonly jobs: number;
  /** Since the oldest of them was asked for; 0 where there is none. */
  readonly oldestSeconds: number;
}

interface Queries {
  query(sql: string): Promise<unknown>;
}

/**
 * How many jobs wait, run and have failed for good, of all workers together; failed ones are kept for ten minutes.
 *
 * @returns every stage in every state, so that a moment without jobs reads as 0 and not as a gap; nothing before the
 *   first worker has made the queue
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
  const found = new Map(rows.map((row) => [`${row.name} ${row.state}`, row]));
  return QUEUES.flatMap((stage) =>
    STATES.map((state) => {
      const { jobs = 0, seconds = 0 } = found.get(`${stage} ${state}`) ?? {};
      return { stage, state, jobs, oldestSeconds: seconds };
    }),
  );
}

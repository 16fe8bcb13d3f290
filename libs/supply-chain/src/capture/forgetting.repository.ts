import type { EntityManager } from 'typeorm';

type Queries = Pick<EntityManager, 'query'>;

/** So many at a time, each in a transaction of its own: one that deletes for minutes would hold up captures. */
const AT_ONCE = 1_000;

/**
 * Forgets documents as they were received, the last capture of which is older. Their events stay, each as it was sent, and
 * so does every proof: none of them reads the document.
 *
 * @returns how many documents; a thousand at most, so that it is to be called again until there are none
 */
export function forgetDocuments(queries: Queries, before: Date): Promise<number> {
  return countOf(
    queries,
    before,
    `
    DELETE FROM capture_document WHERE id IN (
      SELECT d.id FROM capture_document d
      WHERE NOT EXISTS (SELECT 1 FROM capture_job j WHERE j.document_id = d.id AND j.created_at >= $1)
        AND EXISTS (SELECT 1 FROM capture_job j WHERE j.document_id = d.id)
      LIMIT ${AT_ONCE}) RETURNING 1`,
  );
}

/**
 * Forgets jobs of documents of which nothing was stored, with what was wrong with them.
 *
 * @returns how many jobs; a thousand at most, so that it is to be called again until there are none
 */
export function forgetRefusals(queries: Queries, before: Date): Promise<number> {
  return countOf(
    queries,
    before,
    `
    DELETE FROM capture_job WHERE id IN (
      SELECT id FROM capture_job WHERE state = 'FAILED' AND stored = 0 AND duplicate = 0 AND finished_at < $1
      LIMIT ${AT_ONCE}) RETURNING 1`,
  );
}

async function countOf(queries: Queries, before: Date, statement: string): Promise<number> {
  const [{ count }]: [{ count: number }] = await queries.query(
    `WITH gone AS (${statement}) SELECT count(*)::int AS count FROM gone`,
    [before],
  );
  return count;
}

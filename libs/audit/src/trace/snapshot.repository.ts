import type { DataSource } from 'typeorm';
import type { Queryable } from './as-of.js';

/**
 * Reads with many statements what one moment held. The transaction may write, since what is read by a grant is noted in
 * it; a reader's role may not. Compilation of plans is off: each statement is short, and Postgres
 * takes its nested look-ups for dear ones and would compile for longer than they run.
 */
export async function readingSnapshot<Result>(
  dataSource: DataSource,
  read: (manager: Queryable) => Promise<Result>,
): Promise<Result> {
  return dataSource.transaction('REPEATABLE READ', async (manager) => {
    await manager.query('SET LOCAL jit = off');
    return read(manager);
  });
}

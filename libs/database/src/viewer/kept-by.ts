import type { DataSource, EntityManager } from 'typeorm';
import { asKeeper } from './scope.js';

/** Statements and transactions of the keeper's role. */
export interface KeptQueries {
  query<Rows>(sql: string, parameters?: unknown[]): Promise<Rows>;
  transaction<Result>(work: (manager: EntityManager) => Promise<Result>): Promise<Result>;
}

/**
 * What holds secrets asks by this, so that none of its statements runs as somebody who may not see them.
 *
 * @example private readonly kept = keptBy(dataSource)
 */
export function keptBy(dataSource: DataSource): KeptQueries {
  return {
    query: (sql, parameters) => asKeeper(() => dataSource.query(sql, parameters)),
    transaction: (work) => asKeeper(() => dataSource.transaction(work)),
  };
}

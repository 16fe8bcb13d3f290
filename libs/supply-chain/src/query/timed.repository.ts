import type { DataSource, EntityManager } from 'typeorm';
import { EventQueryError } from './query.errors.js';

const TIMEOUT_MS = 10_000;
const CANCELED = '57014';

/**
 * Reads with a bound on each statement's time.
 *
 * @throws EventQueryError QUERY_TOO_COMPLEX when a statement takes more than 10 s
 */
export async function timed<Value>(
  dataSource: DataSource,
  read: (manager: EntityManager) => Promise<Value>,
  timeoutMs = TIMEOUT_MS,
): Promise<Value> {
  try {
    return await dataSource.transaction(async (manager) => {
      await manager.query(`SELECT set_config('statement_timeout', $1, true)`, [String(timeoutMs)]);
      return read(manager);
    });
  } catch (error) {
    if (codeOf(error) !== CANCELED) throw error;
    const message = `the query took more than ${timeoutMs / 1_000} s; narrow it, for example by eventTime or by an EPC`;
    throw new EventQueryError('QUERY_TOO_COMPLEX', message);
  }
}

function codeOf(error: unknown): unknown {
  const driver: unknown = error instanceof Error && 'driverError' in error ? error.driverError : undefined;
  return driver instanceof Error && 'code' in driver ? driver.code : undefined;
}

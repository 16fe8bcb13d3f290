import { DataSource, type DataSourceOptions, type ReplicationMode } from 'typeorm';
import type { PostgresDriver } from 'typeorm/driver/postgres/PostgresDriver.js';
import { ScopedQueryRunner, type Outside } from './scoped-query-runner.js';

/**
 * A DataSource of Postgres whose statements run for the viewer of their scope. There is no other way to a connection of its pool
 * than its query runners, so nothing runs as the owner by being forgotten.
 *
 * @param outside what a statement outside any scope runs as
 */
export function scopedDataSource(options: DataSourceOptions, outside: Outside): DataSource {
  const dataSource = new DataSource(options);
  const driver = dataSource.driver as PostgresDriver;
  driver.createQueryRunner = (mode: ReplicationMode) => new ScopedQueryRunner(driver, mode, outside);
  return dataSource;
}

import { DataSource } from 'typeorm';
import { migrations } from './index.js';

/** A connection for migrations alone: it knows no entities. */
export function migrationDataSource(databaseUrl: string): DataSource {
  return new DataSource({
    type: 'postgres',
    url: databaseUrl,
    migrations,
    migrationsTransactionMode: 'each',
    logging: false,
  });
}

import { migrationDataSource } from '../../../../migrations/data-source.js';

/** Brings the database's tables up to date; returns the names of the migrations that ran. */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const dataSource = await migrationDataSource(databaseUrl).initialize();
  try {
    const ran = await dataSource.runMigrations();
    return ran.map((migration) => migration.name);
  } finally {
    await dataSource.destroy();
  }
}

import { copyInStream } from '@tallyhouse/database';
import type { ClientBase } from 'pg';
import { MigrationExecutor, type QueryRunner } from 'typeorm';
import { migrationDataSource } from '../../../../../migrations/data-source.js';
import { CliError } from '../../cli.errors.js';
import { rowsOf } from '../check-backup.js';
import type { BackupSource } from '../container/backup-source.js';
import type { Manifest } from '../manifest.js';
import { carriedTables, type CarriedTable } from './carried-tables.js';
import { digestDatabase, type DatabaseDigest } from './database-digest.js';
import { emptyDatabase } from './empty-database.js';
import { PLAIN_TEXT } from './snapshot.js';
import { takeIn } from './table-content.js';

/**
 * Fills a database from a backup in one transaction: tables as they were when the backup was made, their rows, a digest
 * that has to be the backup's, and then the migrations that came since. Whatever fails, the database stays as it was.
 *
 * @param onTable called before each table is filled
 * @returns what the database holds now
 * @throws CliError when the backup is of a newer release, or what was written is not what it holds
 */
export async function restoreDatabase(
  databaseUrl: string,
  source: BackupSource,
  manifest: Manifest,
  onTable: (name: string) => void,
): Promise<DatabaseDigest> {
  const dataSource = await migrationDataSource(databaseUrl).initialize();
  const runner = dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as ClientBase;
    await runner.query(PLAIN_TEXT);
    await runner.startTransaction();
    await emptyDatabase(client);
    await migrateTo(new MigrationExecutor(dataSource, runner), manifest.migrations);
    await fill(client, source, manifest, onTable);
    const written = await digestLike(client, manifest);
    const since = await new MigrationExecutor(dataSource, runner).executePendingMigrations();
    const restored = since.length === 0 ? written : await digestDatabase(client);
    await runner.commitTransaction();
    await runner.query('ANALYZE');
    return restored;
  } catch (error) {
    await rollBack(runner);
    throw error;
  } finally {
    await runner.release();
    await dataSource.destroy();
  }
}

/** Runs the migrations that had run when the backup was made, and no other. */
async function migrateTo(executor: MigrationExecutor, names: readonly string[]): Promise<void> {
  const pending = await executor.getPendingMigrations();
  const unknown = names.find((name) => !pending.some((migration) => migration.name === name));
  if (unknown !== undefined)
    throw new CliError(
      `the backup was made by a release with the migration ${unknown}, which this one does not have`,
      'restore it with that release or a later one',
    );
  for (const migration of pending)
    if (names.includes(migration.name)) await executor.executeMigration(migration);
}

async function fill(
  client: ClientBase,
  source: BackupSource,
  manifest: Manifest,
  onTable: (name: string) => void,
): Promise<void> {
  const there = await carriedTables(client);
  refuseOtherTables(there, manifest);
  const named = there.map(({ name }) => `public.${client.escapeIdentifier(name)}`);
  // What migrations put into new tables, and what triggers would make of rows, is in the backup already.
  await client.query(`TRUNCATE ${named.join(', ')} CASCADE`);
  await each(client, named, (table) => `ALTER TABLE ${table} DISABLE TRIGGER USER`);
  for (const table of manifest.tables) {
    if (!table.part) continue;
    onTable(table.name);
    await copyInStream(client, takeIn(client, table), rowsOf(source, table));
  }
  await client.query('SET CONSTRAINTS ALL IMMEDIATE');
  await each(client, named, (table) => `ALTER TABLE ${table} ENABLE TRIGGER USER`);
  for (const { name, lastValue, isCalled } of manifest.sequences) {
    const sequence = `public.${client.escapeIdentifier(name)}`;
    await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [sequence, lastValue, isCalled]);
  }
}

async function each(
  client: ClientBase,
  tables: readonly string[],
  sql: (table: string) => string,
): Promise<void> {
  for (const table of tables) await client.query(sql(table));
}

function refuseOtherTables(there: readonly CarriedTable[], { tables }: Manifest): void {
  const columns = new Map(there.map((table) => [table.name, table.columns.join()]));
  const other = tables.find((table) => columns.get(table.name) !== table.columns.join());
  if (other)
    throw new CliError(
      `the table ${other.name} of the backup has other columns than its migrations make`,
      'the database it was made of was changed by hand; restore it into a database changed alike',
    );
}

/** @throws CliError when what was written has another digest than the backup */
async function digestLike(client: ClientBase, { digest }: Manifest): Promise<DatabaseDigest> {
  const written = await digestDatabase(client);
  const { sha256 } = written;
  if (sha256 !== digest)
    throw new CliError(
      `what was written has the digest ${sha256}, and the backup ${digest}`,
      'nothing was restored; the server stores some value otherwise than the one that was backed up, compare their versions',
    );
  return written;
}

async function rollBack(runner: QueryRunner): Promise<void> {
  if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
}

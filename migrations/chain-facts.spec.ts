import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from './data-source.js';

describe('migrations', () => {
  let postgres: LocalPostgres;
  let source: DataSource;
  beforeAll(async () => {
    postgres = await startPostgres();
    source = await migrationDataSource(await postgres.createDatabase('migrations')).initialize();
  }, 60_000);
  afterAll(async () => {
    await source.destroy();
    await postgres.stop();
  });

  const relations = (): Promise<{ name: string }[]> =>
    source.query(`SELECT relname AS name FROM pg_class JOIN pg_namespace n ON n.oid = relnamespace
      WHERE nspname = 'public' AND relkind IN ('r', 'p', 'v') AND relname <> 'migrations' ORDER BY 1`);

  it('go up, all the way down and up again', async () => {
    await source.runMigrations();
    const first = await relations();
    expect(first.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['epcis_event', 'proposal_current', 'model_active', 'vote_cast']),
    );
    for (const _ of source.migrations) await source.undoLastMigration();
    expect(await relations()).toEqual([]);
    await source.runMigrations();
    expect(await relations()).toEqual(first);
  }, 60_000);
});

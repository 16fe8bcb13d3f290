import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JobQueue } from '@tallyhouse/jobs';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import pg from 'pg';
import type { DataSource } from 'typeorm';
import { migrationDataSource } from './data-source.js';

const NO_RIGHT = expect.objectContaining({ code: '42501' });

describe('migrations, by the owner that docs/operations.md makes', () => {
  let postgres: LocalPostgres;
  let source: DataSource;
  beforeAll(async () => {
    postgres = await startPostgres();
    await setUp(postgres.url('postgres'));
    source = await migrationDataSource(urlOf('tallyhouse', 'one')).initialize();
  }, 60_000);
  afterAll(async () => {
    await source?.destroy();
    await postgres?.stop();
  });

  const urlOf = (login: string, password: string): string => {
    const url = new URL(postgres.url('tallyhouse'));
    return Object.assign(url, { username: login, password }).href;
  };
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

  it('leave the api’s login without rights of its own, whichever table or function it asks', async () => {
    const api = new pg.Client(urlOf('tallyhouse_api', 'another'));
    await api.connect();
    const { rows } = await api.query(
      `SELECT (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owned, rolsuper, rolbypassrls, rolcreaterole,
         (SELECT count(*)::int FROM pg_class c WHERE relnamespace IN ('public'::regnamespace, 'home_chain'::regnamespace)
           AND relkind IN ('r', 'p', 'v', 'm') AND has_any_column_privilege(c.oid, 'SELECT, INSERT, UPDATE')) AS opened,
         has_schema_privilege('public', 'CREATE') AS makes
       FROM pg_roles r WHERE rolname = current_user`,
    );
    const none = {
      owned: 0,
      rolsuper: false,
      rolbypassrls: false,
      rolcreaterole: false,
      opened: 0,
      makes: false,
    };
    expect(rows).toEqual([none]);
    await api.query('SET ROLE tallyhouse_reader');
    expect((await api.query('SELECT id FROM epcis_event')).rows).toEqual([]);
    await api.query('RESET ROLE');
    await expect(api.query('SELECT id FROM epcis_event')).rejects.toEqual(NO_RIGHT);
    await expect(api.query('SET ROLE tallyhouse')).rejects.toEqual(NO_RIGHT);
    await api.end();
  });

  it('leave the owner to make the worker’s queue', async () => {
    const queue = new JobQueue(urlOf('tallyhouse', 'one'), (error) => {
      throw error;
    });
    await queue.start();
    await queue.request('series');
    await queue.stop(1_000);
    expect(await source.query('SELECT name FROM pgboss.job')).toContainEqual({ name: 'series' });
  }, 30_000);
});

/** Runs the statements of the page as an administrator, on a server that has none of it yet. */
async function setUp(url: string): Promise<void> {
  const page = await readFile(new URL('../docs/operations.md', import.meta.url), 'utf8');
  const [, block = ''] = /## Logins of the database\n[^#]*?\n\n((?: {4}.+\n)+)/.exec(page) ?? [];
  const statements = block.trim().split('\n');
  expect(statements.length).toBeGreaterThan(5);
  const administrator = new pg.Client(url);
  await administrator.connect();
  // Servers of tests are copied with the roles in them, and a schema that uses them.
  await administrator.query('DROP DATABASE IF EXISTS schema_template');
  await administrator.query('DROP ROLE IF EXISTS tallyhouse_reader, tallyhouse_writer, tallyhouse_keeper');
  for (const statement of statements) await administrator.query(statement);
  await administrator.end();
}

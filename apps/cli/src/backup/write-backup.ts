import { createGzip } from 'node:zlib';
import { pipeline } from 'node:stream/promises';
import { PassThrough, Readable } from 'node:stream';
import type { ClientBase } from 'pg';
import { CliError } from '../cli.errors.js';
import type { BackupTarget } from './container/backup-target.js';
import { carriedTables, LEFT_OUT, type CarriedTable } from './database/carried-tables.js';
import { digestOf } from './database/database-digest.js';
import { inSnapshot } from './database/snapshot.js';
import { ContentHash, contentOf } from './database/table-content.js';
import type { KeptArtifacts } from './kept-artifacts.js';
import { MANIFEST, MANIFEST_HASH, writeManifest, type Manifest, type TableManifest } from './manifest.js';

/** Packs fast; what most rows hold is hashes, which no effort makes smaller. */
const COMPRESSION = { level: 3 };

/** What is backed up besides the database. */
export interface Besides {
  readonly artifacts: KeptArtifacts;
  /** Files of a local world by name, read when the tables are written. */
  readonly world: () => Promise<readonly { readonly name: string; readonly bytes: Uint8Array }[]>;
}

/**
 * Writes everything that is carried, as it is at one moment; who writes to the database meanwhile is not held up.
 *
 * @param onTable called before each table is written
 */
export async function writeBackup(
  databaseUrl: string,
  target: BackupTarget,
  { artifacts, world }: Besides,
  onTable: (name: string) => void,
): Promise<Manifest> {
  try {
    const { named, ...database } = await inSnapshot(databaseUrl, (client) =>
      writeDatabase(client, target, onTable),
    );
    const manifest = {
      format: 'tallyhouse-backup/1' as const,
      ...database,
      ...(await writeArtifacts(target, artifacts, named)),
      // Read after the snapshot: the chain of a local world is never behind the index that is restored with it.
      world: await writeWorld(target, await world()),
    };
    const { text, hash } = writeManifest(manifest);
    await target.write(MANIFEST, Readable.from([Buffer.from(text)]));
    await target.write(MANIFEST_HASH, Readable.from([Buffer.from(hash)]));
    await target.finish();
    return manifest;
  } catch (error) {
    await target.abandon();
    throw error;
  }
}

type DatabaseManifest = Omit<Manifest, 'format' | 'artifacts' | 'missingArtifacts' | 'world'>;

async function writeDatabase(
  client: ClientBase,
  target: BackupTarget,
  onTable: (name: string) => void,
): Promise<DatabaseManifest & { readonly named: readonly string[] }> {
  await refuseForeign(client);
  const [state] = await rowsOf<Pick<Manifest, 'takenAt' | 'postgres' | 'migrations' | 'checkpoints'>>(
    client,
    `SELECT to_char(now(), 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "takenAt", current_setting('server_version') AS postgres,
       (SELECT array_agg(name ORDER BY timestamp, id) FROM migrations) AS migrations,
       (SELECT coalesce(json_agg(json_build_object('chainId', chain_id, 'blockNumber', block_number,
          'blockHash', block_hash) ORDER BY chain_id), '[]') FROM chain_checkpoint) AS checkpoints`,
  );
  const tables: TableManifest[] = [];
  for (const table of await carriedTables(client)) {
    onTable(table.name);
    tables.push(await writeTable(client, target, table));
  }
  return {
    ...state!,
    digest: digestOf(tables).sha256,
    tables,
    sequences: await sequences(client),
    named: await namedArtifacts(client),
  };
}

async function refuseForeign(client: ClientBase): Promise<void> {
  const [row] = await rowsOf<{ ours: boolean }>(
    client,
    `SELECT to_regclass('public.migrations') IS NOT NULL AS ours`,
  );
  if (!row?.ours) throw new CliError('the database holds no Tallyhouse', 'look at DATABASE_URL');
}

async function writeTable(
  client: ClientBase,
  target: BackupTarget,
  table: CarriedTable,
): Promise<TableManifest> {
  const [any] = await rowsOf(client, `SELECT FROM public.${client.escapeIdentifier(table.name)} LIMIT 1`);
  const content = new ContentHash(table);
  if (!any) return { ...content.digest(), columns: [...table.columns], part: null };
  const path = `tables/${table.name}.copy.gz`;
  const packed = new PassThrough();
  const packing = pipeline(content.through(contentOf(client, table)), createGzip(COMPRESSION), packed);
  const [written] = await Promise.all([target.write(path, packed), packing]);
  return { ...content.digest(), columns: [...table.columns], part: { path, ...written } };
}

/** A sequence moves outside transactions: read after the tables, it has passed every number that they hold. */
async function sequences(client: ClientBase): Promise<Manifest['sequences']> {
  const names = await rowsOf<{ name: string }>(
    client,
    `SELECT s.relname AS name FROM pg_class s
     WHERE s.relkind = 'S' AND s.relnamespace = 'public'::regnamespace AND NOT EXISTS (
       SELECT FROM pg_depend d JOIN pg_class t ON t.oid = d.refobjid
       WHERE d.objid = s.oid AND d.deptype IN ('a', 'i') AND t.relname = ANY($1))
     ORDER BY 1`,
    [Object.keys(LEFT_OUT)],
  );
  const found: Manifest['sequences'] = [];
  for (const { name } of names) {
    const sql = `SELECT last_value::text AS "lastValue", is_called AS "isCalled" FROM public.${client.escapeIdentifier(name)}`;
    const [state] = await rowsOf<Omit<Manifest['sequences'][number], 'name'>>(client, sql);
    found.push({ name, ...state! });
  }
  return found;
}

/** SHA-256 of the model files and reports that the chain's facts name, without 0x. */
async function namedArtifacts(client: ClientBase): Promise<string[]> {
  const named = await rowsOf<{ sha256: string }>(
    client,
    `SELECT DISTINCT substr(named, 3) AS sha256 FROM public.model_version_proposed,
       unnest(ARRAY[artifact_sha256, report_sha256]) AS named ORDER BY 1`,
  );
  return named.map(({ sha256 }) => sha256);
}

async function writeArtifacts(
  target: BackupTarget,
  kept: KeptArtifacts,
  named: readonly string[],
): Promise<Pick<Manifest, 'artifacts' | 'missingArtifacts'>> {
  const artifacts: Manifest['artifacts'] = [];
  const missingArtifacts: string[] = [];
  for (const sha256 of [...new Set([...named, ...(await kept.list())])].sort()) {
    const bytes = await kept.get(sha256);
    const path = `artifacts/${sha256}`;
    if (bytes === null) missingArtifacts.push(sha256);
    else artifacts.push({ path, ...(await target.write(path, Readable.from([bytes]))) });
  }
  return { artifacts, missingArtifacts };
}

async function writeWorld(
  target: BackupTarget,
  files: Awaited<ReturnType<Besides['world']>>,
): Promise<Manifest['world']> {
  const parts: Manifest['world'] = [];
  for (const { name, bytes } of files) {
    const path = `world/${name}`;
    parts.push({ path, ...(await target.write(path, Readable.from([bytes]))) });
  }
  return parts;
}

async function rowsOf<Row extends object = object>(
  client: ClientBase,
  sql: string,
  values: readonly unknown[] = [],
): Promise<Row[]> {
  return (await client.query<Row>(sql, [...values])).rows;
}

import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../../../migrations/index.js';
import { checkBackup, manifestOf } from './check-backup.js';
import { openSource } from './container/backup-source.js';
import { openTarget } from './container/open-target.js';
import { digestDatabase, type DatabaseDigest } from './database/database-digest.js';
import { inSnapshot } from './database/snapshot.js';
import { fillDatabase } from './filled-database.fixture.js';
import { artifactsIn } from './kept-artifacts.js';
import { writeManifest, type Manifest } from './manifest.js';
import { restore } from './run-restore.js';
import { writeBackup } from './write-backup.js';

// A real database, on a machine that runs other specs too.
jest.setTimeout(180_000);

describe('a backup', () => {
  let postgres: LocalPostgres;
  let kept: string;
  let folder: string;
  let before: DatabaseDigest;
  let manifest: Manifest;
  let databases = 0;

  const digestAt = (url: string): Promise<DatabaseDigest> => inSnapshot(url, digestDatabase);
  const backUp = async (
    url: string,
    out: string,
    onTable: (name: string) => void = () => undefined,
  ): Promise<Manifest> => {
    const besides = { artifacts: artifactsIn(join(folder, 'artifacts')), world: async () => [] };
    return writeBackup(url, await openTarget(join(folder, out)), besides, onTable);
  };
  const restoreTo = async (url: string, from: string, replace = false): Promise<DatabaseDigest> => {
    const place = { databaseUrl: url, artifacts: artifactsIn(join(folder, 'restored')), world: undefined };
    const options = { replace, digest: undefined, onStep: () => undefined };
    return (await restore(await openSource(join(folder, from)), place, options)).restored;
  };
  const query = async <Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  const copyOfKept = async (): Promise<string> => {
    const name = `copy_${databases++}`;
    await query(postgres.url('postgres'), `CREATE DATABASE ${name} TEMPLATE kept`);
    return postgres.url(name);
  };

  beforeAll(async () => {
    postgres = await startPostgres();
    folder = await mkdtemp(join(tmpdir(), 'tallyhouse-backup-'));
    kept = await postgres.createDatabase('kept');
    await fillDatabase(kept);
    await artifactsIn(join(folder, 'artifacts')).put(Buffer.from('a model'));
    before = await digestAt(kept);
    manifest = await backUp(kept, 'good');
  }, 180_000);
  afterAll(async () => {
    await postgres.stop();
    await rm(folder, { recursive: true });
  }, 60_000);

  let empty: string;
  beforeEach(async () => {
    empty = await postgres.createDatabase(`empty_${databases++}`);
  }, 60_000);

  it('restores to a database with the same digest, numbers that go on, and triggers that work', async () => {
    expect(before.rows).toBeGreaterThan(1_000);
    expect(manifest.digest).toBe(before.sha256);
    expect(await restoreTo(empty, 'good')).toEqual(before);
    expect(await digestAt(empty)).toEqual(before);
    const counts =
      'SELECT (SELECT count(*)::int FROM audit_queue) AS queued, max(seq)::int AS seq FROM epcis_event';
    const [{ queued, seq }] = (await query<{ queued: number; seq: number }>(empty, counts)) as [never];
    const cells = await query<{ cells: string }>(
      empty,
      `SELECT string_agg(quote_ident(attname), ', ') AS cells FROM pg_attribute WHERE attrelid = 'epcis_event'::regclass
       AND attnum > 0 AND attgenerated = '' AND attname NOT IN ('id', 'seq', 'event_hash')`,
    );
    await query(
      empty,
      `INSERT INTO epcis_event (id, event_hash, ${cells[0]?.cells})
       SELECT gen_random_uuid(), sha256('another'), ${cells[0]?.cells} FROM epcis_event LIMIT 1`,
    );
    expect(await query(empty, counts)).toEqual([{ queued: queued + 1, seq: seq + 1 }]);
    expect(await artifactsIn(join(folder, 'restored')).list()).toHaveLength(1);
  });

  it('is one archive that tar reads, with the same parts', async () => {
    await backUp(kept, 'good.tar');
    const { stdout } = await promisify(execFile)('tar', ['-tf', join(folder, 'good.tar')]);
    const parts = manifest.tables.flatMap(({ part }) => part?.path ?? []);
    expect(stdout.trim().split('\n')).toEqual(expect.arrayContaining([...parts, 'manifest.json']));
    expect(await restoreTo(empty, 'good.tar')).toEqual(before);
    const { size } = await stat(join(folder, 'good.tar'));
    await truncate(join(folder, 'good.tar'), size - 20_000);
    await expect(restoreTo(empty, 'good.tar')).rejects.toThrow(
      /the archive is cut or altered after its part (tables|artifacts)\//,
    );
  });

  it('is of one moment, whatever is written while it is made', async () => {
    const other = await copyOfKept();
    const was = await digestAt(other);
    let written = 0;
    const made = await backUp(other, 'written', () => {
      written++;
      void query(other, `INSERT INTO partner_removed VALUES (9, ${written}, 'h', 0, 't', now(), 'x')`);
    });
    expect(written).toBeGreaterThan(50);
    expect(made.digest).toBe(was.sha256);
    expect(await restoreTo(empty, 'written')).toEqual(was);
    expect((await digestAt(other)).sha256).not.toBe(was.sha256);
  });

  it('is refused with the name of the part that is missing, cut or altered, before anything is written', async () => {
    for (const part of [...manifest.tables.flatMap((table) => table.part ?? []), ...manifest.artifacts]) {
      for (const [damage, words] of DAMAGES) {
        const copy = join(folder, 'damaged');
        await cp(join(folder, 'good'), copy, { recursive: true });
        await damage(join(copy, part.path));
        const source = await openSource(copy);
        const checked = manifestOf(source).then((read) => checkBackup(source, read, () => undefined));
        await expect(checked).rejects.toThrow(new RegExp(`${part.path} of the backup is damaged: ${words}`));
        await rm(copy, { recursive: true });
      }
    }
  });

  it('is refused when its manifest was altered, even together with its hash, where a digest is given', async () => {
    const copy = join(folder, 'forged');
    await cp(join(folder, 'good'), copy, { recursive: true });
    const text = await readFile(join(copy, 'manifest.json'), 'utf8');
    await writeFile(join(copy, 'manifest.json'), text.replace('"rows": 2', '"rows": 3'));
    await expect(restoreTo(empty, 'forged')).rejects.toThrow(/manifest.json was altered/);
    const place = { databaseUrl: empty, artifacts: artifactsIn(folder), world: undefined };
    const options = { replace: false, digest: 'a'.repeat(64), onStep: () => undefined };
    const source = await openSource(join(folder, 'good'));
    await expect(restore(source, place, options)).rejects.toThrow(/has the digest/);
    await expect(openSource(join(folder, 'nowhere'))).rejects.toThrow(/nothing is there/);
  });

  it('replaces nothing unless told to, and nobody is at work', async () => {
    const taken = await copyOfKept();
    await query(taken, `INSERT INTO partner_removed VALUES (9, 1, 'h', 0, 't', now(), 'x')`);
    const was = await digestAt(taken);
    await expect(restoreTo(taken, 'good')).rejects.toThrow(/not empty: .* has rows/);
    const worker = new pg.Client({ connectionString: taken });
    await worker.connect();
    await expect(restoreTo(taken, 'good', true)).rejects.toThrow(/1 other connections/);
    await worker.end();
    expect(await digestAt(taken)).toEqual(was);
    expect(await restoreTo(taken, 'good', true)).toEqual(before);
  });

  it('leaves what was there when the database refuses a row', async () => {
    const taken = await copyOfKept();
    const was = await digestAt(taken);
    const forged = { ...manifest, tables: manifest.tables.map((table) => ({ ...table })) };
    const place = { databaseUrl: taken, artifacts: artifactsIn(folder), world: undefined };
    const source = await openSource(join(folder, 'good'));
    const late = forged.tables.filter(({ part }) => part).at(-1)!;
    // The part changes between the check and the filling.
    let reads = 0;
    const changing = {
      open: async (name: string) => (name === late.part?.path && ++reads > 1 ? null : source.open(name)),
    };
    const options = { replace: true, digest: undefined, onStep: () => undefined };
    await expect(restore(changing, place, options)).rejects.toThrow(/it is missing/);
    expect(await digestAt(taken)).toEqual(was);
  });

  it('of an older release is migrated after it is restored, and one of a newer release is refused', async () => {
    const older = await postgres.createDatabase('older');
    const then = await new DataSource({
      type: 'postgres',
      url: older,
      migrations: migrations.slice(0, -4),
    }).initialize();
    await then.runMigrations();
    await then.query(`INSERT INTO partner_removed VALUES (9, 1, 'h', 0, 't', now(), 'x')`);
    await then.destroy();
    const made = await backUp(older, 'older');
    const restored = await restoreTo(empty, 'older');
    expect(restored.tables.find(({ name }) => name === 'partner_removed')).toEqual(
      expect.objectContaining({ rows: 1 }),
    );
    expect(made.migrations).toHaveLength(migrations.length - 4);
    expect(await query(empty, 'SELECT FROM migrations')).toHaveLength(migrations.length);
    await forge({ ...made, migrations: [...made.migrations, 'FromTheFuture1964000000000'] }, 'older');
    await expect(restoreTo(empty, 'older', true)).rejects.toThrow(/FromTheFuture1964000000000/);
    expect(await query(empty, 'SELECT FROM partner_removed')).toHaveLength(1);
  });

  const forge = async (forged: Manifest, name: string): Promise<void> => {
    const { text, hash } = writeManifest(forged);
    await writeFile(join(folder, name, 'manifest.json'), text);
    await writeFile(join(folder, name, 'manifest.sha256'), hash);
  };
});

type Damage = readonly [(path: string) => Promise<void>, string];

const DAMAGES: readonly Damage[] = [
  [(path) => rm(path), 'it is missing'],
  [async (path) => truncate(path, (await readFile(path)).length - 1), 'it has \\d+ bytes of \\d+'],
  [
    async (path) => {
      const bytes = await readFile(path);
      bytes[bytes.length >> 1]! ^= 1;
      await writeFile(path, bytes);
    },
    'it (was altered|cannot be unpacked|holds)',
  ],
];

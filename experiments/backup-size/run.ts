import 'reflect-metadata';
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { chmod, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { PUBLIC_TEST_MNEMONIC, startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import { simulate } from '@tallyhouse/simulation';
import { migrate } from '../../apps/cli/src/migrate/migrate.js';
import { localAccounts } from '../../apps/cli/src/up/accounts.js';
import { connect, seedEvents, seedMasterData } from '../../apps/cli/src/up/seed.js';

const SIZES = process.argv.slice(2).map(Number);
const EVENTS = SIZES.length > 0 ? SIZES : [100_000, 1_000_000];
const ENTRY = 'dist/apps/cli/src/main.js';
const LOOK_EVERY_MS = 100;
const RESULTS = 'experiments/backup-size/results.json';

const WORLD = simulate({ seed: 5, start: '2025-01-01', months: 1, scale: 0.01 });

/** One command: how long it took and the most memory that it had. */
interface Run {
  readonly seconds: number;
  /** High-water mark of resident memory, as the kernel has it. */
  readonly mostMiB: number;
  readonly said: string;
}

async function measured(words: readonly string[], databaseUrl: string, stateDir: string): Promise<Run> {
  const start = performance.now();
  const environment = { ...process.env, DATABASE_URL: databaseUrl };
  const child = spawn(process.execPath, [ENTRY, ...words, '--state-dir', stateDir], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let [said, mostMiB] = ['', 0];
  child.stdout.on('data', (piece: Buffer) => (said += piece.toString()));
  const look = setInterval(() => {
    void readFile(`/proc/${child.pid}/status`, 'utf8').then(
      (status) =>
        (mostMiB = Math.max(mostMiB, Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1]) / 1_024) || 0)),
      () => undefined,
    );
  }, LOOK_EVERY_MS);
  const code = await new Promise((resolve) => child.once('close', resolve));
  clearInterval(look);
  if (code !== 0) throw new Error(`${words[0]} ended with ${String(code)}: ${said}`);
  return { seconds: Math.round((performance.now() - start) / 100) / 10, mostMiB, said };
}

/** Events like one that is there, each with a hash and a second of its own, spread over the years. */
async function multiply(databaseUrl: string, events: number): Promise<void> {
  await migrate(databaseUrl);
  const dataSource = await connect(databaseUrl);
  try {
    const accounts = localAccounts(PUBLIC_TEST_MNEMONIC);
    await seedMasterData(dataSource, WORLD, accounts);
    await seedEvents(dataSource, WORLD, accounts, () => undefined);
    const rows: { name: string }[] = await dataSource.query(
      `SELECT quote_ident(attname) AS name FROM pg_attribute WHERE attrelid = 'epcis_event'::regclass AND attnum > 0
       AND NOT attisdropped AND attgenerated = '' AND attname NOT IN ('id', 'seq', 'event_hash', 'event_time')`,
    );
    const cells = rows.map(({ name }) => name).join(', ');
    await dataSource.query('ALTER TABLE epcis_event DISABLE TRIGGER USER');
    await dataSource.query(
      `INSERT INTO epcis_event (id, event_hash, event_time, ${cells})
       SELECT gen_random_uuid(), sha256(n::text::bytea), timestamptz '2024-01-01Z' + n * interval '1 minute', ${cells}
       FROM generate_series(1, $1) n, (SELECT * FROM epcis_event LIMIT 1) one`,
      [events],
    );
    await dataSource.query('ALTER TABLE epcis_event ENABLE TRIGGER USER');
  } finally {
    await dataSource.destroy();
  }
}

async function cycle(postgres: LocalPostgres, folder: string, events: number) {
  const from = await postgres.createDatabase(`from_${events}`);
  await multiply(from, events);
  const to = await postgres.createDatabase(`to_${events}`);
  const out = join(folder, `${events}.tar`);
  const { said, ...backup } = await measured(['backup', '--out', out], from, folder);
  const digest = /digest ([0-9a-f]{64})/.exec(said)![1]!;
  const { said: _, ...check } = await measured(['restore', '--check', '--from', out], to, folder);
  const { said: restored, ...restore } = await measured(
    ['restore', '--from', out, '--digest', digest],
    to,
    folder,
  );
  const { size } = await stat(out);
  await rm(out);
  const isSame = restored.includes(`digest ${digest}: the same as in the backup`);
  return { events, mebibytes: Math.round(size / 2 ** 20), isSame, backup, check, restore };
}

const folder = await mkdtemp(join(tmpdir(), 'tallyhouse-backup-size-'));
// The database server runs as another user.
await chmod(folder, 0o711);
const postgres = await startPostgres({ dir: join(folder, 'postgres') });
try {
  const cycles = [];
  for (const events of EVENTS) cycles.push(await cycle(postgres, folder, events));
  const machine = { cpu: cpus()[0]?.model, cores: cpus().length, loadAverage: loadavg().map(Math.round) };
  const results = { machine, cycles };
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  console.log(JSON.stringify(results, null, 2));
  process.exitCode = cycles.every(({ isSame }) => isSame) ? 0 : 1;
} finally {
  await postgres.stop();
  await rm(folder, { recursive: true, force: true });
}

import { execFile } from 'node:child_process';
import { chmod, chown, mkdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { startPostgres } from '@tallyhouse/testing';
import pg from 'pg';
import { migrate } from '../../apps/cli/src/migrate/migrate.js';
import { holding, same, type FaultWorld } from './fault-world.js';
import { caughtUp, IndexProcess } from './index-process.js';
import { outcome, type Outcome } from './outcome.js';

const run = promisify(execFile);

/** Ends Postgres under a working indexer, by turns in good order and with SIGKILL, and starts it again. */
export async function databaseRestarts(world: FaultWorld, count: number): Promise<Outcome> {
  const databaseUrl = await world.database('restarts');
  const indexer = IndexProcess.start(world, databaseUrl);
  await indexer.says(({ event }) => event === 'ready');
  let unequal = 0;
  for (let restart = 0; restart < count; restart++) {
    const mining = mineFor(world, 150 + world.random() * 150);
    await sleep(world.random() * 150);
    if (restart % 2 === 0) await world.postgres.stop();
    else await killPostgres(world);
    await mining;
    world.postgres = await startPostgres({ dir: join(world.folder, 'postgres'), port: world.postgresPort });
    await caughtUp(world, databaseUrl);
    if (!same(await holding(databaseUrl, world.deployment.chainId), await world.cleanRun())) unequal++;
  }
  await indexer.kill('SIGTERM');
  return outcome('database restarted, half of them by SIGKILL', count, count, unequal);
}

async function mineFor(world: FaultWorld, milliseconds: number): Promise<void> {
  const until = performance.now() + milliseconds;
  while (performance.now() < until) await world.mine();
}

/** The postmaster alone; its children notice and end. */
async function killPostgres(world: FaultWorld): Promise<void> {
  const file = join(world.folder, 'postgres', 'cluster', 'postmaster.pid');
  process.kill(Number((await readFile(file, 'utf8')).split('\n')[0]), 'SIGKILL');
  await world.postgres.stop();
  await sleep(300);
}

/**
 * The index lies in a tablespace on a small file system of its own, which is filled to its last byte while the indexer
 * works, and freed once the indexer has said that it cannot write. Takes the right to mount (root).
 */
export async function diskFull(world: FaultWorld, count: number): Promise<Outcome> {
  const mount = join(world.folder, 'small');
  await mkdir(mount);
  await run('mount', ['-t', 'tmpfs', '-o', 'size=48m', 'tmpfs', mount]);
  try {
    const databaseUrl = await databaseOn(world, join(mount, 'index'));
    const indexer = IndexProcess.start(world, databaseUrl);
    await indexer.says(({ event }) => event === 'ready');
    let unequal = 0;
    for (let round = 0; round < count; round++) {
      const { bavail, bsize } = await statfs(mount);
      await writeFile(join(mount, 'filler'), Buffer.alloc(bavail * bsize));
      const heard = indexer.lines.length;
      const full = ({ problem }: { problem?: string }): boolean => /No space left/.test(problem ?? '');
      while (!indexer.lines.slice(heard).some(full)) {
        for (let block = 0; block < 20; block++) await world.mine(3);
        if (indexer.ended) throw new Error(JSON.stringify(indexer.lines.at(-1)));
      }
      await rm(join(mount, 'filler'));
      await caughtUp(world, databaseUrl);
      if (!same(await holding(databaseUrl, world.deployment.chainId), await world.cleanRun())) unequal++;
    }
    await indexer.kill('SIGTERM');
    await dropDatabase(world);
    return outcome('disk full (a tablespace on a file system without a free byte)', count, count, unequal);
  } finally {
    await run('umount', ['-l', mount]);
  }
}

async function databaseOn(world: FaultWorld, location: string): Promise<string> {
  await mkdir(location);
  await chmod(location, 0o700);
  const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
  await chown(location, Number(uid.stdout), Number(gid.stdout));
  const client = new pg.Client({ connectionString: world.postgres.url('postgres') });
  await client.connect();
  await client.query(`CREATE TABLESPACE small LOCATION '${location}'`);
  await client.query('CREATE DATABASE full_disk TABLESPACE small');
  await client.end();
  const url = world.postgres.url('full_disk');
  await migrate(url);
  return url;
}

async function dropDatabase(world: FaultWorld): Promise<void> {
  const client = new pg.Client({ connectionString: world.postgres.url('postgres') });
  await client.connect();
  await client.query('DROP DATABASE full_disk WITH (FORCE)');
  await client.query('DROP TABLESPACE small');
  await client.end();
}

import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { chown, mkdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { freePort, startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import pg from 'pg';
import { connect, seedMasterData } from '../../apps/cli/src/up/seed.js';
import { Stack, type StackOptions } from '../../apps/cli/src/up/stack.js';
import { LoadDocuments } from '../load/documents.js';
import { outcomeOf } from '../load/outcome.js';
import { askAll, type Asking } from './ask-all.js';
import { SmallDisk } from './small-disk.js';
import { whatTheySaid } from './what-they-said.js';
import { writersOnFull } from './writers-on-full.js';

/** Room for `up`, which wants 1 GB at its start, and for a database beside it. */
const WHOLE_MIB = 1_300;
const DATABASE_MIB = 300;
const CALM_S = 8;
const FULL_S = 25;
const WORLD = { seed: 46, start: '2025-01-01', months: 4, scale: 0.3 };
const RESULTS = 'experiments/full-disk/results.json';
const UNLIMITED = { RATE_LIMIT_ADDRESS: '0', RATE_LIMIT_KEY: '0', RATE_LIMIT_SIGN_IN: '0' };

const say = (words: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${words}`);

/** Everything on the small disk: database with its write-ahead log, the chain's file, artifacts, logs. */
async function everythingOnIt() {
  const disk = await SmallDisk.mount(WHOLE_MIB);
  try {
    return await tryOut(disk, { stateDir: join(disk.path, 'state') });
  } finally {
    await disk.unmount();
  }
}

/** The tables alone on the small disk; the write-ahead log has room. */
async function tablesOnIt() {
  const disk = await SmallDisk.mount(DATABASE_MIB);
  const home = await SmallDisk.mount(WHOLE_MIB);
  const stateDir = join(home.path, 'state');
  try {
    return await tryOut(disk, {
      stateDir,
      startDatabase: () => inTablespace(join(stateDir, 'postgres'), join(disk.path, 'tables')),
    });
  } finally {
    await disk.unmount();
    await home.unmount();
  }
}

async function inTablespace(dir: string, tables: string): Promise<LocalPostgres> {
  const postgres = await startPostgres({ dir });
  const owner = await stat(join(dir, 'cluster'));
  await mkdir(tables);
  await chown(tables, owner.uid, owner.gid);
  const client = new pg.Client({ connectionString: postgres.url('postgres') });
  await client.connect();
  await client.query(`CREATE TABLESPACE small LOCATION '${tables}'`);
  await client.query('CREATE DATABASE tallyhouse TABLESPACE small');
  await client.end();
  return postgres;
}

async function tryOut(disk: SmallDisk, options: Pick<StackOptions, 'stateDir' | 'startDatabase'>) {
  const fell: string[] = [];
  const stack = await Stack.start({
    ...options,
    fresh: true,
    world: WORLD,
    rpcPort: await freePort(),
    blockTimeS: 1,
    environment: { ...UNLIMITED, LOG_LEVEL: 'info', ANCHOR_INTERVAL_MS: '1000' },
    onStep: say,
    onExit: (name, reason) => {
      fell.push(`${name} ended ${reason}`);
      say(fell.at(-1)!);
      if (name !== 'database' && name !== 'chain') void stack.app(name).start().catch(say);
    },
  });
  try {
    return { ...(await fillAndFree(disk, stack)), fell };
  } finally {
    await stack.stop();
  }
}

async function fillAndFree(disk: SmallDisk, stack: Stack) {
  const dataSource = await connect(stack.databaseUrl);
  const apiKeys = await seedMasterData(dataSource, stack.simulated, stack.accounts);
  const keyOf = (partner: number): string => apiKeys[stack.accounts.partner(partner).address.toLowerCase()]!;
  await dataSource.destroy();
  const documents = new LoadDocuments(stack.simulated, keyOf);
  const during = (seconds: number): Promise<Asking> => askAll(stack, documents, seconds);
  const calm = await during(CALM_S);
  say(`filling the disk (${await disk.freeMiB()} MiB are free)`);
  await disk.fill();
  const full = await during(FULL_S);
  const said = await whatTheySaid(stack.state.logs);
  say('making room');
  await disk.free();
  const databaseRestarted = await restartUnlessThere(stack);
  const after = await during(CALM_S);
  await documents.sendUnanswered(stack.apiUrl);
  say('waiting until all of it is anchored and indexed');
  const again = await connect(stack.databaseUrl);
  const outcome = await outcomeOf(stack, again, { sent: documents.events, mined: 0 });
  await again.destroy();
  return { calm, full, after, documentsSentAgain: documents.sentAgain, databaseRestarted, said, outcome };
}

/** What whoever watches over a database does: a server that ended itself is started again. */
async function restartUnlessThere(stack: Stack): Promise<boolean> {
  const client = new pg.Client({ connectionString: stack.databaseUrl });
  client.on('error', () => undefined);
  const isThere = await client.connect().then(
    () => true,
    (error: { code?: string }) => error.code !== 'ECONNREFUSED',
  );
  await client.end().catch(() => undefined);
  if (!isThere) await stack.restartDatabase();
  return !isThere;
}

const parts = {
  writers: writersOnFull,
  everythingOnOneDisk: everythingOnIt,
  tablesOnADiskOfTheirOwn: tablesOnIt,
};
const results: Record<string, unknown> = {};
let isGood = true;
for (const [name, part] of Object.entries(parts)) {
  say(name);
  const result = await part();
  results[name] = result;
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  console.log(JSON.stringify(result, null, 2));
  if (!('outcome' in result)) continue;
  const { outcome, fell } = result;
  const { events, chainAgrees, indexSame } = outcome;
  isGood &&= events.lost === 0 && events.doubled === 0 && chainAgrees && indexSame && fell.length === 0;
}
process.exitCode = isGood ? 0 : 1;

import 'reflect-metadata';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { freePort } from '@tallyhouse/testing';
import { migrate } from '../../apps/cli/src/migrate/migrate.js';
import { AppProcess, type AppName } from '../../apps/cli/src/up/app-process.js';
import { connect, seedMasterData } from '../../apps/cli/src/up/seed.js';
import type { Stack } from '../../apps/cli/src/up/stack.js';
import { LoadDocuments } from '../load/documents.js';
import { outcomeOf } from '../load/outcome.js';
import { takeRelease, type EarlierRelease } from './earlier-release.js';
import { SmallLoad, type Phase } from './small-load.js';

const LAST_RELEASE = ['log', '-1', '--format=%h', '--', 'CHANGELOG.md'];
const { values } = parseArgs({
  options: { from: { type: 'string' }, seconds: { type: 'string', default: '10' } },
});
const FROM = values.from ?? execFileSync('git', LAST_RELEASE, { encoding: 'utf8' }).trim();
const PHASE_MS = Number(values.seconds) * 1_000;
const WORLD = { seed: 47, start: '2025-01-01', months: 4, scale: 0.3 };
const RESULTS = 'experiments/rolling-upgrade/results.json';
const ENVIRONMENT = {
  ...{ RATE_LIMIT_ADDRESS: '0', RATE_LIMIT_KEY: '0', RATE_LIMIT_SIGN_IN: '0', LOG_LEVEL: 'info' },
  ...{ ANCHOR_INTERVAL_MS: '1000', SHUTDOWN_DRAIN_MS: '1000', PARTNER_DATA: 'open', POLL_INTERVAL_MS: '200' },
};

const say = (words: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${words}`);
const fell: string[] = [];
const onExit = (name: string, reason: string): number => fell.push(`${name} ended ${reason}`);

/** The stack of the earlier release: its own code starts it, deploys, migrates and serves. */
async function startEarlier({ root }: EarlierRelease, stateDir: string): Promise<Stack> {
  process.env['TALLYHOUSE_ROOT'] = root;
  const { Stack: Earlier } = (await import(join(root, 'dist/apps/cli/src/up/stack.js'))) as {
    Stack: typeof Stack;
  };
  delete process.env['TALLYHOUSE_ROOT'];
  const options = { stateDir, fresh: true, world: WORLD, rpcPort: await freePort(), blockTimeS: 1 };
  return Earlier.start({ ...options, environment: ENVIRONMENT, onStep: say, onExit });
}

/** A process of this release over the database and chain of that one. */
async function startNew(stack: Stack, name: AppName, apiPort: number): Promise<AppProcess> {
  const { state, accounts } = stack;
  const logs = join(state.logs, 'new');
  await mkdir(logs, { recursive: true });
  const environment = {
    ...{ DATABASE_URL: stack.databaseUrl, RPC_URLS: stack.rpcUrl, TALLYHOUSE_STATE_DIR: state.path },
    ...{ RPC_WS_URLS: stack.rpcUrl.replace(/^http/, 'ws'), TALLYHOUSE_DEPLOYMENT: state.deployment },
    ...{ API_PORT: String(apiPort), PUBLIC_ORIGINS: `http://127.0.0.1:${apiPort}` },
    ...(name === 'worker' ? { RELAYER_PRIVATE_KEY: accounts.relayer.privateKey } : {}),
    ...(name === 'worker' ? { BALLOT_PRIVATE_KEY: accounts.ballots.privateKey } : {}),
  };
  const app = new AppProcess(name, { ...ENVIRONMENT, ...environment }, logs, onExit);
  await app.start();
  return app;
}

/** Migrates, replaces one process after the other, goes back to the code before and forth again. */
async function roll(stack: Stack, load: SmallLoad) {
  const phases: Phase[] = [];
  const phase = async (
    name: string,
    work: () => Promise<unknown> = () => Promise.resolve(),
  ): Promise<void> => {
    say(name);
    phases.push(await load.during(name, PHASE_MS, work));
  };
  const started: AppProcess[] = [];
  let migrations: string[] = [];
  await phase('all of it earlier');
  await phase('migrated while it runs', async () => (migrations = await migrate(stack.databaseUrl)));
  await phase('earlier code on the new tables');
  for (const name of ['api', 'worker', 'indexer'] as const)
    await phase(`${name} replaced`, async () => {
      const port = await freePort();
      started.push(await startNew(stack, name, port));
      if (name === 'api') load.url = `http://127.0.0.1:${port}`;
      await stack.app(name).stop();
    });
  await phase('all of it new');
  await phase('back to the earlier code, on the new tables', async () => {
    const port = await freePort();
    const environment = { API_PORT: String(port), PUBLIC_ORIGINS: `http://127.0.0.1:${port}` };
    for (const name of ['indexer', 'worker', 'api'] as const) await stack.startAnother(name, environment);
    load.url = `http://127.0.0.1:${port}`;
    for (const app of started) await app.stop();
  });
  return { migrations, phases };
}

const release = await takeRelease(FROM);
const folder = await mkdtemp(join(tmpdir(), 'tallyhouse-rolling-'));
say(`from ${release.commit}`);
const stack = await startEarlier(release, folder);
try {
  const dataSource = await connect(stack.databaseUrl);
  const apiKeys = await seedMasterData(dataSource, stack.simulated, stack.accounts);
  const keyOf = (partner: number): string => apiKeys[stack.accounts.partner(partner).address.toLowerCase()]!;
  const documents = new LoadDocuments(stack.simulated, keyOf);
  const load = new SmallLoad(stack.apiUrl, documents);
  const rolled = await roll(stack, load);
  await documents.sendUnanswered(load.url);
  say('waiting until all of it is anchored and indexed');
  const outcome = await outcomeOf(stack, dataSource, { sent: documents.events, mined: 0 });
  await dataSource.destroy();
  const results = { from: release.commit, ...rolled, documentsSentAgain: documents.sentAgain, outcome, fell };
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  console.log(JSON.stringify(results, null, 2));
  const { events, chainAgrees, indexSame } = outcome;
  const failed = rolled.phases.some(({ failures }) => Object.keys(failures).length > 0);
  const complete = events.lost === 0 && events.doubled === 0 && chainAgrees && indexSame;
  process.exitCode = complete && !failed && fell.length === 0 ? 0 : 1;
} finally {
  await stack.stop();
  await release.remove();
  await rm(folder, { recursive: true, force: true });
}

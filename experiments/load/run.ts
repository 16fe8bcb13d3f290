import 'reflect-metadata';
import { writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { seededRandom } from '@tallyhouse/compute';
import { freePort } from '@tallyhouse/testing';
import { waitUntil } from '../../apps/cli/src/up/wait-until.js';
import { connect, seedMasterData } from '../../apps/cli/src/up/seed.js';
import { Stack } from '../../apps/cli/src/up/stack.js';
import { LoadDocuments } from './documents.js';
import { killInTurn } from './killer.js';
import { MemoryWatch } from './memory.js';
import { openLoop } from './open-loop.js';
import { outcomeOf } from './outcome.js';
import type { Target } from './requests.js';
import { LoadVoters, PROPOSAL_EVERY_MS } from './voters.js';

const { values } = parseArgs({
  options: {
    minutes: { type: 'string', default: '2' },
    rate: { type: 'string', default: '20' },
    kill: { type: 'boolean', default: false },
  },
});
const MINUTES = Number(values.minutes);
const PER_SECOND = Number(values.rate);
const SEED = 26;
const WORLD = { seed: 44, start: '2024-01-01', months: 24, scale: 2 };
const FIRST_DOCUMENTS = 120;
const UNLIMITED = { RATE_LIMIT_ADDRESS: '0', RATE_LIMIT_KEY: '0', RATE_LIMIT_SIGN_IN: '0' };
const RESULTS = `experiments/load/results${values.kill ? '-kill' : ''}.json`;

const say = (words: string): void => console.log(`${new Date().toISOString().slice(11, 19)} ${words}`);
const folder = await mkdtemp(join(tmpdir(), 'tallyhouse-load-'));
const fell: string[] = [];
const stack = await Stack.start({
  stateDir: folder,
  fresh: true,
  world: WORLD,
  rpcPort: await freePort(),
  blockTimeS: 1,
  environment: { ...UNLIMITED, LOG_LEVEL: 'info' },
  onStep: say,
  onExit: (name, reason) => {
    fell.push(`${name} ended ${reason}`);
    say(fell.at(-1)!);
    if (name !== 'database' && name !== 'chain') void stack.app(name).start();
  },
});
const dataSource = await connect(stack.databaseUrl);

try {
  const results = await run();
  writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  console.log(JSON.stringify(results, null, 2));
  const { events, votes, chainAgrees, indexSame } = results.outcome;
  const complete = events.lost === 0 && events.doubled === 0 && votes.indexed === votes.mined;
  process.exitCode = complete && chainAgrees && indexSame && fell.length === 0 ? 0 : 1;
} finally {
  await dataSource.destroy();
  await stack.stop();
  if (process.exitCode === 0) await rm(folder, { recursive: true, force: true });
  else say(`kept for a look: ${folder}`);
}

async function run() {
  const target = await prepare();
  say(`${PER_SECOND} requests a second for ${MINUTES} minutes${values.kill ? ', with kills' : ''}`);
  const until = performance.now() + MINUTES * 60_000;
  const isOver = (): boolean => performance.now() >= until;
  const memory = new MemoryWatch(
    new Map((['api', 'worker', 'indexer'] as const).map((name) => [name, () => stack.app(name).pid])),
  );
  const proposing = proposeInTurn(target.voters, isOver);
  const killing = values.kill ? killInTurn(stack, isOver) : Promise.resolve([]);
  const load = await openLoop(target, { perSecond: PER_SECOND, random: seededRandom(SEED), isOver });
  const kills = await killing;
  await proposing;
  const rss = memory.stop();
  say('sent; waiting until all of it is anchored and indexed');
  await target.documents.sendUnanswered(stack.apiUrl);
  const counts = { sent: target.documents.events, mined: target.voters.votes };
  const outcome = await outcomeOf(stack, dataSource, counts);
  const machine = {
    cpu: cpus()[0]?.model,
    cores: cpus().length,
    loadAverage: loadavg().map((load) => Math.round(load)),
  };
  return {
    ...{
      minutes: MINUTES,
      wantedPerSecond: PER_SECOND,
      sentPerSecond: Math.round((10 * load.sent) / load.seconds) / 10,
    },
    ...{ machine, mostUnderWay: load.mostUnderWay, documentsSentAgain: target.documents.sentAgain },
    ...{ outcome, requests: load.kinds, memory: rss, fell, kills },
  };
}

/** A world with events that are anchored, series that are forecast, and voters. */
async function prepare(): Promise<Target> {
  const apiKeys = await seedMasterData(dataSource, stack.simulated, stack.accounts);
  const keyOf = (partner: number): string => apiKeys[stack.accounts.partner(partner).address.toLowerCase()]!;
  const documents = new LoadDocuments(stack.simulated, keyOf);
  say('capturing the first events');
  for (let count = 0; count < FIRST_DOCUMENTS; count++) {
    const failure = await documents.captureByGraphql(stack.apiUrl);
    if (failure !== undefined) throw new Error(`a document was refused: ${failure}`);
  }
  say('giving votes to voters');
  const perProposal = Math.min(MINUTES * 60_000, PROPOSAL_EVERY_MS) / 1_000;
  const voters = await LoadVoters.open(stack, Math.ceil(PER_SECOND * 0.1 * perProposal * 1.2) + 5);
  await new Promise((resolve) => setTimeout(resolve, 3_000));
  const known = await waitUntil('the first series', knownThings, { timeoutMs: 120_000 });
  return { url: stack.apiUrl, documents, voters, known };
}

async function knownThings(): Promise<Target['known'] | undefined> {
  const list = async (sql: string): Promise<string[]> => {
    const rows: { id: string }[] = await dataSource.query(sql);
    return rows.map(({ id }) => id);
  };
  const known = {
    eventIds: await list('SELECT id FROM epcis_event ORDER BY id LIMIT 200'),
    items: await list('SELECT DISTINCT uri AS id FROM event_item ORDER BY 1 LIMIT 200'),
    seriesIds: await list('SELECT id FROM series ORDER BY id LIMIT 50'),
  };
  return known.eventIds.length > 0 && known.items.length > 0 && known.seriesIds.length > 0
    ? known
    : undefined;
}

async function proposeInTurn(voters: LoadVoters, isOver: () => boolean): Promise<void> {
  for (let number = 1; !isOver(); number++) {
    await voters.propose(number);
    const next = performance.now() + PROPOSAL_EVERY_MS;
    while (!isOver() && performance.now() < next) await new Promise((resolve) => setTimeout(resolve, 250));
  }
}

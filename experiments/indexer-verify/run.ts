import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { startAnvil, startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import pg from 'pg';
import { migrate } from '../../apps/cli/src/migrate/migrate.js';
import { digestFacts } from '../../apps/cli/src/reindex/fact-digest.js';
import { makeChain } from './make-chain.js';

const ROUNDS = 5;
const MODES = ['off', 'sample', 'all'] as const;
const RESULTS = 'experiments/indexer-verify/results.json';
const INDEXER = 'dist/apps/indexer/src/main.js';

type Mode = (typeof MODES)[number];

interface Round {
  readonly mode: Mode;
  readonly wallMs: number;
  readonly facts: number;
  readonly digest: string;
  readonly peakMiB: number;
}

interface Servers {
  readonly postgres: LocalPostgres;
  readonly rpcUrl: string;
  readonly deploymentPath: string;
  readonly chainId: number;
}

/** One index from nothing to the head, from the indexer's word that it begins to its word that it is there. */
async function measure(servers: Servers, mode: Mode, round: number): Promise<Round> {
  const databaseUrl = await servers.postgres.createDatabase(`${mode}_${round}`);
  await migrate(databaseUrl);
  const child = spawn(process.execPath, [INDEXER], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: databaseUrl,
      RPC_URLS: servers.rpcUrl,
      TALLYHOUSE_DEPLOYMENT: servers.deploymentPath,
      INDEX_VERIFY: mode,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let [begunMs, endedMs] = [0, 0];
  for await (const line of createInterface({ input: child.stdout })) {
    const { event, time } = JSON.parse(line) as { event: string; time: number | string };
    if (event === 'leading') begunMs = new Date(time).getTime();
    if (event !== 'ready') continue;
    endedMs = new Date(time).getTime();
    break;
  }
  const peakMiB = await peakMemoryMiB(child.pid ?? 0);
  child.kill('SIGTERM');
  await once(child, 'exit');
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const { rows: facts, digest } = await digestFacts(client, servers.chainId, 1e9);
  await client.end();
  return { mode, wallMs: endedMs - begunMs, facts, digest, peakMiB };
}

async function peakMemoryMiB(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Math.round(Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1_024);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

const folder = await mkdtemp(join(tmpdir(), 'tallyhouse-verify-'));
const [postgres, chain] = await Promise.all([startPostgres(), startAnvil()]);
try {
  const deployment = await makeChain(chain.rpcUrl);
  const deploymentPath = join(folder, 'deployment.json');
  await writeFile(deploymentPath, JSON.stringify(deployment));
  const servers = { postgres, rpcUrl: chain.rpcUrl, deploymentPath, chainId: deployment.chainId };
  const rounds: Round[] = [];
  // The modes take turns, so that other work on the machine disturbs each alike.
  for (let round = 0; round < ROUNDS; round++)
    for (const mode of MODES) rounds.push(await measure(servers, mode, round));
  if (new Set(rounds.map(({ digest }) => digest)).size !== 1) throw new Error('the indexes are not equal');
  const ofMode = (mode: Mode): Round[] => rounds.filter((round) => round.mode === mode);
  const wallMs = (mode: Mode): number => median(ofMode(mode).map((round) => round.wallMs));
  const facts = rounds[0]?.facts ?? 0;
  const modes = MODES.map((mode) => ({
    mode,
    wallMs: wallMs(mode),
    wallMsOfRounds: ofMode(mode).map((round) => round.wallMs),
    factsPerSecond: Math.round((facts / wallMs(mode)) * 1_000),
    timesSlowerThanOff: Math.round((wallMs(mode) / wallMs('off')) * 100) / 100,
    peakMiB: Math.max(...ofMode(mode).map((round) => round.peakMiB)),
  }));
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, load: loadavg()[0] };
  const results = {
    ...machine,
    node: process.version,
    facts,
    rounds: ROUNDS,
    digest: rounds[0]?.digest,
    modes,
  };
  await writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
  process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
} finally {
  await Promise.all([postgres.stop(), chain.stop(), rm(folder, { recursive: true })]);
}

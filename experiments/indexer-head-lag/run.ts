import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@tallyhouse/compute';
import { deployLocal, freePort, startAnvil, startPostgres } from '@tallyhouse/testing';
import { migrate } from '../../apps/cli/src/migrate/migrate.js';
import { ours, type Servers } from './contender.js';
import { measure, type Lag } from './measure.js';
import { ponder } from './ponder-project.js';

const BLOCKS = Number(process.argv[2] ?? 1_000);
const RESULTS = 'experiments/indexer-head-lag/results.json';
/** `node_modules` with ponder, viem and hono; see README. */
const PONDER_MODULES = process.env['PONDER_MODULES'];

/** Uneven gaps, the same for every contender. */
function uneven(seed: number): () => number {
  const random = seededRandom(seed);
  return () => random.uniform();
}

const folder = await mkdtemp(join(tmpdir(), 'tallyhouse-lag-'));
const [postgres, chain] = await Promise.all([startPostgres(), startAnvil()]);
const alive = setInterval(() => undefined, 1_000);
try {
  const { deployment } = await deployLocal(chain.rpcUrl);
  const deploymentPath = join(folder, 'deployment.json');
  await writeFile(deploymentPath, JSON.stringify(deployment));
  const databaseUrl = await postgres.createDatabase('lag');
  await migrate(databaseUrl);
  await fetch(chain.rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{"jsonrpc":"2.0","id":1,"method":"evm_setAutomine","params":[false]}',
  });
  const servers: Servers = {
    ...{ folder, databaseUrl, deployment, deploymentPath, rpcUrl: chain.rpcUrl },
    wsUrl: chain.rpcUrl.replace(/^http/, 'ws'),
    freePort: await freePort(),
  };
  const contenders = [
    ours(servers, true, 'sample'),
    ours(servers, true, 'all'),
    ours(servers, false, 'sample'),
  ];
  if (PONDER_MODULES)
    contenders.push(
      await ponder(servers, PONDER_MODULES, true),
      await ponder(servers, PONDER_MODULES, false),
    );
  const lags: Lag[] = [];
  for (const contender of contenders) {
    const lag = await measure(servers, contender, BLOCKS, uneven(7));
    process.stdout.write(`${JSON.stringify(lag)}\n`);
    lags.push(lag);
  }
  const machine = { cpu: cpus()[0]?.model ?? 'unknown', cores: cpus().length, load: loadavg()[0] };
  const results = { ...machine, node: process.version, seed: 7, blocks: BLOCKS, lags };
  if (PONDER_MODULES && BLOCKS === 1_000) await writeFile(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
} finally {
  await Promise.all([postgres.stop(), chain.stop(), rm(folder, { recursive: true, force: true })]);
  clearInterval(alive);
}

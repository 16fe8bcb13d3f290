import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdir, readFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { MemoryWatch } from './process-tree.js';
import type { IndexerRun, IndexerSetting } from './our-indexer.js';

const SOURCE = 'experiments/indexer/ponder';
const INSTALLED = join(tmpdir(), 'tallyhouse-ponder-peer');
const LONGEST_MS = 600_000;

/** Installs Ponder at the version of its package.json into a temporary folder, once. @returns its version */
export async function installPonder(): Promise<string> {
  await mkdir(INSTALLED, { recursive: true });
  await cp(SOURCE, INSTALLED, { recursive: true });
  const manifest = join(INSTALLED, 'node_modules', 'ponder', 'package.json');
  const version = async (): Promise<string> =>
    (JSON.parse(await readFile(manifest, 'utf8')) as { version: string }).version;
  const wanted = JSON.parse(await readFile(join(INSTALLED, 'package.json'), 'utf8')) as {
    dependencies: { ponder: string };
  };
  if ((await version().catch(() => '')) !== wanted.dependencies.ponder)
    await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--legacy-peer-deps'], {
      cwd: INSTALLED,
    });
  return version();
}

/** Runs Ponder from nothing until it has indexed the head block. */
export async function runPonder(setting: Omit<IndexerSetting, 'verify'>, head: number): Promise<IndexerRun> {
  const startMs = Date.now();
  const args = ['--schema', 'bench', '--port', String(await freePort()), '--log-format', 'json'];
  const child = spawn(process.execPath, ['node_modules/ponder/dist/esm/bin/ponder.js', 'start', ...args], {
    cwd: INSTALLED,
    env: {
      PATH: process.env['PATH'],
      HOME: INSTALLED,
      DATABASE_URL: setting.databaseUrl,
      RPC_URL: setting.rpcUrls[0],
      DEPLOYMENT: setting.deploymentPath,
      PONDER_TELEMETRY_DISABLED: 'true',
    },
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const deadline = setTimeout(() => child.kill('SIGKILL'), LONGEST_MS);
  const memory = new MemoryWatch(child.pid ?? 0);
  const log: { msg: string; time: number; number?: number }[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    if (!line.startsWith('{')) continue;
    log.push(JSON.parse(line) as (typeof log)[number]);
    if (log.at(-1)?.msg === 'Indexed block' && log.at(-1)?.number === head) break;
  }
  clearTimeout(deadline);
  memory.stop();
  child.kill('SIGKILL');
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
  const begun = log.find(({ msg }) => msg === 'Started backfill indexing');
  const ended = log.at(-1);
  if (!begun || ended?.number !== head) throw new Error(`Ponder ended early: ${JSON.stringify(ended)}`);
  return {
    ...{ wallMs: ended.time - startMs, workMs: ended.time - begun.time },
    ...{ peakMiB: memory.peakMiB, memory: memory.samples, log: [] },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

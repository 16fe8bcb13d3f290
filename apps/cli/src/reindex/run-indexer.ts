import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { CliError } from '../cli.errors.js';
import { ROOT } from '../paths.js';
import { checkpointOf, withClient, type IndexSource } from './index-source.js';

const LOOK_MS = 100;
const KEPT_OUTPUT = 4_000;

/** Which database to fill, up to which block, and how much to believe the endpoints. */
export interface IndexRun {
  readonly databaseUrl: string;
  readonly upTo: number;
  readonly verify: string;
  readonly onProgress: (blockNumber: number) => void;
}

/**
 * Runs an indexer until it has reached a block, then ends it.
 *
 * @throws CliError when it ends before
 */
export async function runIndexer(source: IndexSource, run: IndexRun): Promise<void> {
  const child = spawn(process.execPath, [join(ROOT, 'dist', 'apps', 'indexer', 'src', 'main.js')], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: run.databaseUrl,
      RPC_URLS: source.rpcUrls.join(','),
      TALLYHOUSE_DEPLOYMENT: source.deploymentPath,
      INDEX_VERIFY: run.verify,
      POLL_INTERVAL_MS: String(LOOK_MS),
      LOG_LEVEL: 'warn',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (output = `${output}${part.toString()}`.slice(-KEPT_OUTPUT)));
  const ended = once(child, 'exit');
  try {
    await reached(source.deployment.chainId, run, child);
  } catch (error) {
    if (!(error instanceof EndedEarly)) throw error;
    throw new CliError(`the indexer ended before block ${run.upTo}`, lastLine(output));
  } finally {
    if (!isOver(child)) child.kill('SIGTERM');
    await ended;
  }
}

class EndedEarly extends Error {}

async function reached(chainId: number, run: IndexRun, child: ChildProcess): Promise<void> {
  await withClient(run.databaseUrl, async (client) => {
    for (;;) {
      const number = (await checkpointOf(client, chainId))?.number;
      if (number !== undefined) run.onProgress(number);
      if (number !== undefined && number >= run.upTo) return;
      if (isOver(child)) throw new EndedEarly();
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
  });
}

function isOver({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function lastLine(output: string): string {
  const line = output.trim().split('\n').at(-1) ?? '';
  try {
    return (JSON.parse(line) as { problem?: string }).problem ?? line;
  } catch {
    return line || 'it said nothing; run it with LOG_LEVEL=debug';
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { MemoryWatch } from './process-tree.js';

const INDEXER = 'dist/apps/indexer/src/main.js';

/** What an indexer works with. */
export interface IndexerSetting {
  readonly databaseUrl: string;
  readonly rpcUrls: readonly string[];
  readonly deploymentPath: string;
  readonly verify: 'off' | 'sample' | 'all';
}

/** One index from nothing to the head; times in milliseconds. */
export interface IndexerRun {
  /** From the start of the process. */
  readonly wallMs: number;
  /** From the word that it begins to the word that it is at the head. */
  readonly workMs: number;
  readonly peakMiB: number;
  readonly memory: MemoryWatch['samples'];
  readonly log: readonly Record<string, unknown>[];
}

/** Runs the built indexer as a process of its own until it is at the head. @throws Error when it ends before */
export async function runOurs(setting: IndexerSetting): Promise<IndexerRun> {
  const startMs = Date.now();
  const child = spawn(process.execPath, [INDEXER], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: setting.databaseUrl,
      RPC_URLS: setting.rpcUrls.join(','),
      TALLYHOUSE_DEPLOYMENT: setting.deploymentPath,
      INDEX_VERIFY: setting.verify,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const memory = new MemoryWatch(child.pid ?? 0);
  const log: Record<string, unknown>[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    log.push(JSON.parse(line) as Record<string, unknown>);
    if (log.at(-1)?.['event'] === 'ready') break;
  }
  memory.stop();
  child.kill('SIGTERM');
  if (child.exitCode === null) await once(child, 'exit');
  const at = (event: string): number => {
    const said = log.find((each) => each['event'] === event);
    if (!said) throw new Error(`the indexer never said ${event}: ${JSON.stringify(log.at(-1))}`);
    return new Date(said['time'] as number).getTime();
  };
  const [begunMs, readyMs] = [at('leading'), at('ready')];
  return {
    ...{ wallMs: readyMs - startMs, workMs: readyMs - begunMs },
    ...{ peakMiB: memory.peakMiB, memory: memory.samples, log },
  };
}

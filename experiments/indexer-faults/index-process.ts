import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { FaultWorld } from './fault-world.js';

const INDEXER = 'dist/apps/indexer/src/main.js';
/** A machine may be busy: only what would never come is given up. */
const DEADLINE_MS = 600_000;

/** A line of the indexer's log. */
export interface LogLine {
  readonly event: string;
  readonly code?: string;
  readonly problem?: string;
}

/** The indexer as it is run: a process of its own. */
export class IndexProcess {
  public readonly lines: LogLine[] = [];
  public ended = false;
  private readonly waiting = new Set<() => void>();

  private constructor(public readonly child: ChildProcess) {
    createInterface({ input: child.stdout! }).on('line', (line) => {
      this.lines.push(JSON.parse(line) as LogLine);
      for (const wake of this.waiting) wake();
    });
    child.once('exit', () => {
      this.ended = true;
      for (const wake of this.waiting) wake();
    });
  }

  public static start(world: FaultWorld, databaseUrl: string, verify = 'off'): IndexProcess {
    const child = spawn(process.execPath, [INDEXER], {
      env: {
        PATH: process.env['PATH'],
        DATABASE_URL: databaseUrl,
        RPC_URLS: world.rpcUrl,
        RPC_WS_URLS: world.wsUrl,
        TALLYHOUSE_DEPLOYMENT: world.deploymentPath,
        INDEX_VERIFY: verify,
        POLL_INTERVAL_MS: '50',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    return new IndexProcess(child);
  }

  /** Waits for a line of the log that was or will be written. */
  public async says(wanted: (line: LogLine) => boolean): Promise<LogLine> {
    const deadline = performance.now() + DEADLINE_MS;
    for (;;) {
      const found = this.lines.find(wanted);
      if (found) return found;
      if (this.ended) throw new Error(`the indexer ended: ${JSON.stringify(this.lines.at(-1))}`);
      if (performance.now() > deadline) throw new Error(`not said: ${JSON.stringify(this.lines.slice(-3))}`);
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.waiting.delete(wake);
          resolve();
        };
        this.waiting.add(wake);
        setTimeout(wake, 1_000).unref();
      });
    }
  }

  public async kill(signal: NodeJS.Signals): Promise<void> {
    if (this.ended) return;
    const gone = once(this.child, 'exit');
    this.child.kill(signal);
    await gone;
  }
}

/** Waits until an index stands at the chain's head. */
export async function caughtUp(world: FaultWorld, databaseUrl: string): Promise<void> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const { hash } = (await world.rpc('eth_getBlockByNumber', ['latest', false])) as { hash: string };
    if ((await checkpointHash(databaseUrl)) === hash) return;
    if (performance.now() > deadline) throw new Error('the index does not reach the head');
    await sleep(10);
  }
}

async function checkpointHash(databaseUrl: string): Promise<string | undefined> {
  const client = new pg.Client({ connectionString: databaseUrl });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ hash: string }>('SELECT block_hash AS hash FROM chain_checkpoint');
    return rows[0]?.hash;
  } catch {
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** Looks at what the indexer's writing connection does, over one connection that stays open. */
export class SessionWatch {
  private constructor(private readonly client: pg.Client) {}

  public static async open(databaseUrl: string): Promise<SessionWatch> {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    return new SessionWatch(client);
  }

  /** `idle`, `active`, `idle in transaction` …, some half a millisecond ago. */
  public async state(): Promise<string> {
    const { rows } = await this.client.query<{ state: string }>(
      `SELECT state FROM pg_stat_activity WHERE application_name = 'tallyhouse-indexer' AND datname = current_database()`,
    );
    return rows[0]?.state ?? 'not connected';
  }

  public async close(): Promise<void> {
    await this.client.end();
  }
}

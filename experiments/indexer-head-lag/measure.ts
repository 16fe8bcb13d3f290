import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { tallyTokenAbi } from '@tallyhouse/chain';
import pg from 'pg';
import { encodeFunctionData, type Hex } from 'viem';
import type { Contender, Servers } from './contender.js';

const SHORTEST_GAP_MS = 15;
const GAP_SPREAD_MS = 40;
const DEADLINE_MS = 120_000;
const PATIENCE_MS = 2_000;

/** Times from a block being mined to its row being visible, milliseconds. */
export interface Lag {
  readonly contender: string;
  readonly blocks: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  readonly p99Ms: number;
  readonly longestMs: number;
}

/**
 * Mines blocks of one transfer each at uneven intervals and looks for the rows all the time, on another connection. A
 * block counts as mined when the node has answered, a row as visible when the answer that shows it is here.
 */
export async function measure(
  servers: Servers,
  contender: Contender,
  blocks: number,
  random: () => number,
): Promise<Lag> {
  const child = contender.start();
  const client = new pg.Client({ connectionString: servers.databaseUrl });
  await client.connect();
  const rpc = caller(servers.rpcUrl);
  const [from, to] = (await rpc('eth_accounts')) as [Hex, Hex];
  const token = servers.deployment.contracts.TallyToken.address;
  const data = encodeFunctionData({ abi: tallyTokenAbi, functionName: 'transfer', args: [to, 1n] });
  const mine = async (): Promise<number> => {
    await rpc('eth_sendTransaction', [{ from, to: token, data, gas: '0x30d40' }]);
    await rpc('evm_mine');
    return Number(await rpc('eth_blockNumber'));
  };
  try {
    const watch = new Watch(client, contender.table);
    await watch.begins(mine);
    const mined = new Map<number, number>();
    const watching = watch.all(mined, blocks);
    for (let block = 0; block < blocks; block++) {
      await rpc('eth_sendTransaction', [{ from, to: token, data, gas: '0x30d40' }]);
      await rpc('evm_mine');
      const at = performance.now();
      mined.set(watch.first + 1 + block, at);
      await sleep(SHORTEST_GAP_MS + random() * GAP_SPREAD_MS);
    }
    return summary(contender.name, await watching);
  } finally {
    await client.end();
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
}

/** Looks for rows again and again. */
class Watch {
  /** The last block that was seen before measuring began. */
  public first = 0;

  public constructor(
    private readonly client: pg.Client,
    private readonly table: string,
  ) {}

  /** Mines a block every two seconds until one is seen: a contender may wait for a head after the one that it started at. */
  public async begins(mine: () => Promise<number>): Promise<void> {
    const deadline = performance.now() + DEADLINE_MS;
    while (performance.now() < deadline) {
      this.first = await mine();
      const next = performance.now() + PATIENCE_MS;
      while (performance.now() < next) {
        if ((await this.highest().catch(() => 0)) >= this.first) return;
        await sleep(50);
      }
    }
    throw new Error(`${this.table} does not get its first row`);
  }

  /** @returns how long each block took, once all are seen */
  public async all(mined: ReadonlyMap<number, number>, blocks: number): Promise<number[]> {
    const lags: number[] = [];
    let seen = this.first;
    while (lags.length < blocks) {
      const highest = await this.highest();
      const at = performance.now();
      while (seen < highest) {
        const minedAt = mined.get(++seen);
        // A row can be seen before the node's answer to whoever mined is: no time has passed then.
        lags.push(minedAt === undefined ? 0 : at - minedAt);
      }
      await sleep(1);
    }
    return lags;
  }

  private async highest(): Promise<number> {
    const { rows } = await this.client.query<{ number: string | null }>(
      `SELECT max(block_number) AS number FROM ${this.table}`,
    );
    return Number(rows[0]?.number ?? 0);
  }
}

function summary(contender: string, lags: readonly number[]): Lag {
  const sorted = [...lags].sort((left, right) => left - right);
  const at = (share: number): number =>
    Math.round((sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN) * 10) /
    10;
  return {
    contender,
    blocks: lags.length,
    p50Ms: at(0.5),
    p95Ms: at(0.95),
    p99Ms: at(0.99),
    longestMs: at(1),
  };
}

function caller(rpcUrl: string): (method: string, params?: readonly unknown[]) => Promise<unknown> {
  return async (method, params = []) => {
    const response = await fetch(rpcUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }),
    });
    const { result, error } = (await response.json()) as { result?: unknown; error?: { message: string } };
    if (error) throw new Error(`${method}: ${error.message}`);
    return result;
  };
}

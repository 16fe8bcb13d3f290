import type { Deployment } from '@tallyhouse/chain';
import { copyIn, copyOut } from '@tallyhouse/database';
import { numberToHex } from 'viem';
import pg from 'pg';
import { migrate } from '../../apps/cli/src/migrate/migrate.js';

const BLOCKS_A_CALL = 300;
const AT_ONCE = 4;

/** What nobody can be faster than; milliseconds. */
export interface Ceiling {
  readonly what: string;
  readonly ms: number;
  readonly events: number;
}

/** Every log of the contracts by `eth_getLogs`, four calls at a time, read by `JSON.parse`; nothing else is done with them. */
export async function getLogsCeiling(
  rpcUrl: string,
  deployment: Deployment,
  blocks: number,
): Promise<Ceiling> {
  const address = Object.values(deployment.contracts).map((contract) => contract.address);
  const startMs = performance.now();
  let [next, events] = [0, 0];
  const work = async (): Promise<void> => {
    while (next <= blocks) {
      const from = next;
      next += BLOCKS_A_CALL;
      const range = {
        fromBlock: numberToHex(from),
        toBlock: numberToHex(Math.min(blocks, from + BLOCKS_A_CALL - 1)),
      };
      const body = JSON.stringify({
        jsonrpc: '2.0',
        id: 1,
        method: 'eth_getLogs',
        params: [{ address, ...range }],
      });
      const headers = { 'content-type': 'application/json' };
      const response = await fetch(rpcUrl, { method: 'POST', headers, body });
      const { result } = JSON.parse(await response.text()) as { result: unknown[] };
      // Not in one step with the await: the others count meanwhile.
      events += result.length;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { what: 'eth_getLogs and JSON.parse', ms: Math.round(performance.now() - startMs), events };
}

/** The rows of an index copied into another database with the same tables and indexes, a COPY a table, in one transaction. */
export async function copyCeiling(
  filledUrl: string,
  emptyUrl: string,
  tables: readonly string[],
): Promise<Ceiling> {
  await migrate(emptyUrl);
  const lines = new Map<string, string[]>();
  await withClient(filledUrl, async (client) => {
    for (const table of tables) {
      const kept: string[] = [];
      const statement = `COPY (SELECT * FROM ${table} ORDER BY block_number, log_index) TO STDOUT`;
      await copyOut(client, statement, (line) => kept.push(`${line}\n`));
      lines.set(table, kept);
    }
  });
  let events = 0;
  const texts = [...lines].map(([table, kept]) => [table, kept.join('')] as const);
  for (const kept of lines.values()) events += kept.length;
  return withClient(emptyUrl, async (client) => {
    const startMs = performance.now();
    await client.query('BEGIN');
    for (const [table, text] of texts) await copyIn(client, `COPY ${table} FROM STDIN`, text);
    await client.query('COMMIT');
    return { what: 'COPY of the same rows', ms: Math.round(performance.now() - startMs), events };
  });
}

/** Does work over one connection, which is closed whatever happens. */
export async function withClient<Result>(
  url: string,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

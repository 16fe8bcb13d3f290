import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import pg from 'pg';
import type { Hex } from 'viem';
import { fakeBlocks } from '../../test/fake-chain.js';
import { migratedDatabase } from '../../test/index-kit.js';
import { governorProtocol } from '../protocols/governor/writers.js';
import { proposalCreated } from '../protocols/governor/events.js';
import type { BlockHeader } from '../rpc/raw-block.js';
import { columnsOf, type FactBatch } from './fact-batch.js';
import { FactStore } from './fact-store.js';
import { Session } from './session.js';
import { copyLine } from '@tallyhouse/database';

const [start, one] = fakeBlocks(2) as [BlockHeader, BlockHeader];
/** What strangers may put on a chain, and the widest numbers. */
const ODD = [
  'tab\tline\nend\r',
  '\\N',
  '{a,"b"}',
  'NULL',
  '',
  'ü€𝄞\uFFFD',
  "'; DROP TABLE x; --",
  '\u0001\u001f',
];

describe('a small range', () => {
  let postgres: LocalPostgres;
  let client: pg.Client;
  let url: string;
  beforeAll(async () => {
    postgres = await startPostgres();
    url = await migratedDatabase(postgres, 'at_once');
    client = new pg.Client({ connectionString: url });
    await client.connect();
  }, 60_000);
  afterAll(async () => {
    await client.end();
    await postgres.stop();
  });

  /** Commits one block of odd rows, and reads back all that is kept of it. */
  const kept = async (chainId: number, small: boolean): Promise<{ rows: unknown[]; spoken: string[] }> => {
    const session = (await Session.open(url, chainId))!;
    const spoken: string[] = [];
    const store = new FactStore(
      {
        query: (sql, values, name) => {
          spoken.push(sql.trim().split(/\s/)[0]!);
          return session.query(sql, values, name);
        },
        transaction: (work) => session.transaction(work),
        copyIn: (...given) => session.copyIn(...given),
      },
      chainId,
    );
    await store.begin({ block: start, genesisHash: start.hash, contractsDigest: '' });
    spoken.length = 0;
    await store.commit(start, { first: one, last: one, headers: [one], logs: [] }, batch(chainId, small), 1);
    await session.close();
    const { rows } = await client.query(
      `SELECT to_jsonb(p) - 'chain_id' AS row FROM proposal_created p WHERE chain_id = $1
       UNION ALL SELECT to_jsonb(b) - 'chain_id' FROM chain_block b WHERE chain_id = $1
       UNION ALL SELECT to_jsonb(c) - 'chain_id' - 'updated_at' FROM chain_checkpoint c WHERE chain_id = $1`,
      [chainId],
    );
    return { rows: rows.map((each: { row: unknown }) => JSON.stringify(each.row)).sort(), spoken };
  };

  it('is written by one statement, and leaves what COPY leaves', async () => {
    const [atOnce, copied] = [await kept(901, true), await kept(902, false)];
    expect(atOnce.rows).toEqual(copied.rows);
    expect(atOnce.rows).toHaveLength(ODD.length + 3);
    // The digest that the index stands at is asked for once.
    expect(atOnce.spoken).toEqual(['SELECT', 'WITH']);
  });
});

function batch(chainId: number, small: boolean): FactBatch {
  const { table } = governorProtocol.writers.find((writer) => writer.table === proposalCreated)!;
  const columns = columnsOf(table);
  const rows = ODD.map((text, index) => ({
    ...Object.fromEntries(Object.entries(table.columns).map(([name, type]) => [name, cell(type, text)])),
    ...{ chain_id: chainId, block_number: 1, block_hash: one.hash, log_index: index },
    ...{ tx_hash: '0xaa' as Hex, block_time: '2023-11-14 22:13:20+00' },
  }));
  const lines = rows.map((row) => `${copyLine(columns.map((name) => (row as never)[name]))}\n`).join('');
  const built = { table, columns, lines, ...(small && { rows }) };
  return { tables: [built], facts: rows.length, rowsHashes: new Map([[1, 'a'.repeat(64)]]) };
}

function cell(type: string, text: string): string | bigint | (string | bigint)[] {
  if (type === 'timestamptz') return 'infinity';
  if (type === 'text[]') return [text, ...ODD];
  if (type === 'numeric[]') return [2n ** 255n, 0n];
  return type === 'text' ? text : type === 'bigint' ? 7n : 2n ** 256n - 1n;
}

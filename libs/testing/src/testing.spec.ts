import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startAnvil } from './anvil.js';
import { startPostgres } from './postgres.js';

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<{ answer: unknown }>(sql)).rows[0]?.answer;
  } finally {
    await client.end();
  }
}

async function call(rpcUrl: string, method: string, params: unknown[] = []): Promise<unknown> {
  const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
  const response = await fetch(rpcUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return ((await response.json()) as { result: unknown }).result;
}

const OWN_DATABASES = `SELECT count(*)::int AS answer FROM pg_database WHERE datname = 'own'`;

describe('local servers', () => {
  let dir: string;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tallyhouse-testing-'));
    await chmod(dir, 0o755);
  });
  afterAll(() => rm(dir, { recursive: true, force: true }));

  it('a Postgres keeps its rows between runs and refuses a second owner', async () => {
    const place = join(dir, 'postgres');
    const first = await startPostgres({ dir: place });
    const url = await first.createDatabase('kept');
    await ask(url, 'CREATE TABLE t AS SELECT 7 AS answer');
    await expect(startPostgres({ dir: place })).rejects.toThrow(/in use by process/);
    await first.stop();
    const second = await startPostgres({ dir: place });
    expect(await ask(await second.createDatabase('kept'), 'SELECT answer FROM t')).toBe(7);
    await second.stop();
  }, 60_000);

  it('temporary clusters are copies of one, and share nothing', async () => {
    const [one, other] = await Promise.all([startPostgres(), startPostgres()]);
    try {
      await ask(await one.createDatabase('own'), 'CREATE TABLE t AS SELECT 7 AS answer');
      expect(await ask(other.url('postgres'), OWN_DATABASES)).toBe(0);
      expect(await ask(one.url('postgres'), OWN_DATABASES)).toBe(1);
      expect(await ask(one.url('own'), 'SELECT answer FROM t')).toBe(7);
      await expect(ask(other.url('own'), 'SELECT 1')).rejects.toThrow(/"own" does not exist/);
    } finally {
      await Promise.all([one.stop(), other.stop()]);
    }
  }, 60_000);

  it('a chain keeps its blocks between runs', async () => {
    const state = join(dir, 'chain.json');
    const first = await startAnvil({ state });
    await call(first.rpcUrl, 'anvil_mine', ['0x5']);
    const [genesis, head] = await blocks(first.rpcUrl);
    await first.stop();
    const second = await startAnvil({ state });
    expect(await blocks(second.rpcUrl)).toEqual([genesis, head]);
    await second.stop();
  }, 60_000);

  it('a taken port is named', async () => {
    const chain = await startAnvil();
    const port = Number(new URL(chain.rpcUrl).port);
    await expect(startAnvil({ port })).rejects.toThrow(new RegExp(`port ${port}`));
    await chain.stop();
  }, 60_000);
});

async function blocks(rpcUrl: string): Promise<unknown[]> {
  const numbers = ['0x0', 'latest'];
  const found = await Promise.all(
    numbers.map((number) => call(rpcUrl, 'eth_getBlockByNumber', [number, false])),
  );
  return found.map((block) => (block as { hash: string }).hash);
}

import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from '../../../migrations/index.js';
import { homeChain } from './home-chain.js';

const REMOVED = `INSERT INTO public.partner_removed
  (chain_id, block_number, block_hash, log_index, tx_hash, block_time, partner)
  SELECT chain, 1, '0x' || chain, 0, '0x00', now(), 'partner of ' || chain FROM unnest(ARRAY[10, 31337]) AS chain`;

describe('a connection with a home chain', () => {
  let postgres: LocalPostgres;
  let url: string;

  beforeAll(async () => {
    postgres = await startPostgres();
    url = await postgres.createTestDatabase('home');
    const source = await new DataSource({ type: 'postgres', url, migrations }).initialize();
    await source.runMigrations();
    await source.query(REMOVED);
    await source.destroy();
  }, 60_000);
  afterAll(() => postgres.stop());

  const rows = async <Row extends pg.QueryResultRow>(options: string, sql: string): Promise<Row[]> => {
    const client = new pg.Client({ connectionString: url, options });
    await client.connect();
    try {
      return (await client.query<Row>(sql)).rows;
    } finally {
      await client.end();
    }
  };

  it('finds the facts of its chain alone, and those of all chains where it asks for them', async () => {
    const own = 'SELECT partner FROM partner_removed';
    expect(await rows(homeChain(10), own)).toEqual([{ partner: 'partner of 10' }]);
    expect(await rows(homeChain(31_337), own)).toEqual([{ partner: 'partner of 31337' }]);
    expect(await rows(homeChain(5), own)).toEqual([]);
    expect(await rows(homeChain(10), 'SELECT partner FROM public.partner_removed')).toHaveLength(2);
    expect(await rows('', own)).toHaveLength(2);
  });

  it('has every table and view that tells of a chain, with all its columns in their order', async () => {
    const columnsOf = (schema: string): Promise<{ relation: string; columns: string }[]> =>
      rows(
        '',
        `SELECT table_name AS relation, string_agg(column_name, ',' ORDER BY ordinal_position) AS columns
         FROM information_schema.columns WHERE table_schema = '${schema}'
         GROUP BY table_name HAVING bool_or(column_name = 'chain_id') ORDER BY table_name`,
      );
    const all = await columnsOf('public');
    expect(all.length).toBeGreaterThan(30);
    expect(await columnsOf('home_chain')).toEqual(all);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses the chain %p', (chainId) => {
    expect(() => homeChain(chainId)).toThrow(/^chainId: a whole number above 0 is needed, not /);
  });
});

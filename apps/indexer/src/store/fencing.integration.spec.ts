import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import { copyIn } from '@tallyhouse/database';
import pg from 'pg';
import { fakeBlocks, NO_FACTS } from '../../test/fake-chain.js';
import { migratedDatabase } from '../../test/index-kit.js';
import type { BlockHeader } from '../rpc/raw-block.js';
import { FactStore } from './fact-store.js';
import { Session } from './session.js';

const CHAIN = 77;
const [start, one, two] = fakeBlocks(3) as [BlockHeader, BlockHeader, BlockHeader];
const range = (block: BlockHeader) => ({ first: block, last: block, headers: [block], logs: [] });

describe('of two processes that believe they lead', () => {
  let postgres: LocalPostgres;
  let client: pg.Client;
  let url: string;
  beforeAll(async () => {
    postgres = await startPostgres();
    url = await migratedDatabase(postgres, 'fencing');
    client = new pg.Client({ connectionString: url });
    await client.connect();
  }, 60_000);
  afterAll(async () => {
    await client.end();
    await postgres.stop();
  });

  /** A connection that takes no lock: what a pooler that hands sessions round makes of one. */
  const unlocked = async (): Promise<
    Pick<Session, 'query' | 'transaction' | 'copyIn'> & { end(): Promise<void> }
  > => {
    const own = new pg.Client({ connectionString: url });
    await own.connect();
    return {
      query: async <Row>(sql: string, values?: readonly unknown[]) =>
        (await own.query(sql, [...(values ?? [])])).rows as Row[],
      transaction: (work) => Session.prototype.transaction.call(own, work) as never,
      copyIn: (statement, lines) => copyIn(own, statement, lines),
      end: () => own.end(),
    };
  };

  it('the earlier writes nothing once the later leads, even without a lock between them', async () => {
    const [first, second] = await Promise.all([unlocked(), unlocked()]);
    const [old, heir] = [new FactStore(first, CHAIN), new FactStore(second, CHAIN)];
    await old.begin({ block: start, genesisHash: start.hash, contractsDigest: '' });
    await old.lead();
    await old.commit(start, range(one), NO_FACTS, 1);
    await heir.lead();
    await expect(old.commit(one, range(two), NO_FACTS, 2)).rejects.toMatchObject({
      ...{ code: 'LEADERSHIP_LOST', next: 'RETRY' },
    });
    await expect(old.rollBack(one, start, 2)).rejects.toMatchObject({ code: 'LEADERSHIP_LOST' });
    await old.seeHead(99);
    const { rows } = await client.query(
      `SELECT block_number::int AS block, head_number::int AS head,
         (SELECT count(*)::int FROM chain_block) AS blocks FROM chain_checkpoint`,
    );
    expect(rows).toEqual([{ block: 1, head: 1, blocks: 2 }]);
    await heir.commit(one, range(two), NO_FACTS, 2);
    await first.end();
    await second.end();
  });

  it('a transaction that is open when leadership changes ends before the other begins', async () => {
    const [first, second] = await Promise.all([unlocked(), unlocked()]);
    await first.query('BEGIN');
    await first.query('UPDATE chain_checkpoint SET updated_at = now()');
    let leads = false;
    const taking = new FactStore(second, CHAIN).lead().then(() => (leads = true));
    const waits = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE '%writer_epoch%'`;
    while ((await client.query(waits)).rowCount === 0);
    expect(leads).toBe(false);
    await first.query('COMMIT');
    await taking;
    expect(leads).toBe(true);
    await first.end();
    await second.end();
  });

  it('the lock lets one in, and the next as soon as its connection is cut', async () => {
    const leader = await Session.open(url, CHAIN);
    expect(await Session.open(url, CHAIN)).toBeUndefined();
    const lost = new Promise<void>((resolve) => leader && (leader.onLost = resolve));
    await client.query(
      `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = ${CHAIN}`,
    );
    await lost;
    expect(leader?.usable).toBe(false);
    const heir = await Session.open(url, CHAIN);
    expect(heir?.usable).toBe(true);
    await heir?.close();
  });
});

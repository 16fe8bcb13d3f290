import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  factsMoment,
  forgetDerivation,
  recordDerivation,
  staleDerivations,
  type FactsMoment,
} from '@tallyhouse/database';
import { startPostgres, type LocalPostgres } from '@tallyhouse/testing';
import { DataSource } from 'typeorm';
import { fakeBlocks, NO_FACTS } from '../../test/fake-chain.js';
import { migratedDatabase } from '../../test/index-kit.js';
import type { BlockHeader } from '../rpc/raw-block.js';
import { FactStore } from '../store/fact-store.js';
import { Session } from '../store/session.js';

const CHAIN = 31_337;
const blocks = fakeBlocks(50);
const block = (number: number): BlockHeader => blocks[number] as BlockHeader;

describe('what is made of facts', () => {
  let postgres: LocalPostgres;
  let session: Session;
  let store: FactStore;
  let source: DataSource;
  beforeAll(async () => {
    postgres = await startPostgres();
    const url = await migratedDatabase(postgres, 'derived');
    source = await new DataSource({ type: 'postgres', url }).initialize();
    session = (await Session.open(url, CHAIN))!;
    store = new FactStore(session, CHAIN);
    await store.begin({ block: block(0), genesisHash: block(0).hash, contractsDigest: '' });
    await to(0, 20);
  }, 60_000);
  afterAll(async () => {
    await session.close();
    await source.destroy();
    await postgres.stop();
  });

  const to = (from: number, number: number): Promise<void> => {
    const last = block(number);
    return store.commit(block(from), { first: last, last, headers: [last], logs: [] }, NO_FACTS, number);
  };
  const moment = async (): Promise<FactsMoment> => (await factsMoment(source, CHAIN))!;
  const note = (key: string, at: FactsMoment): Promise<void> =>
    source.transaction((manager) => recordDerivation(manager, { name: 'total', key }, at));
  const stale = async (): Promise<string[]> =>
    (await staleDerivations(source, 'total')).map(({ key, staleFrom }) => `${key} ${staleFrom}`);

  it('is marked by a roll-back below it, in the same transaction, and stands until then', async () => {
    await note('low', { ...(await moment()), blockNumber: 10 });
    await note('high', await moment());
    expect(await stale()).toEqual([]);
    await store.rollBack(block(20), block(12), 20);
    expect(await stale()).toEqual(['high 13']);
    await store.rollBack(block(12), block(11), 20);
    expect(await stale()).toEqual(['high 12']);
    await to(11, 20);
    await note('high', await moment());
    expect(await stale()).toEqual([]);
  });

  it('is marked at once when blocks were taken back while it was made', async () => {
    const before = await moment();
    await store.rollBack(block(20), block(15), 20);
    await to(15, 20);
    await note('slow', before);
    expect(await stale()).toEqual(['high 16', 'slow 16']);
    await note('slow', await moment());
    expect(await stale()).toEqual(['high 16']);
  });

  it('cannot slip through between noting and a roll-back at the same time', async () => {
    const at = await moment();
    let rolling: Promise<void> | undefined;
    await source.transaction(async (manager) => {
      await recordDerivation(manager, { name: 'total', key: 'racing' }, at);
      rolling = store.rollBack(block(20), block(18), 20);
      const waits = `SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE 'UPDATE chain_checkpoint%'`;
      while (((await source.query(waits)) as unknown[]).length === 0);
    });
    await rolling;
    expect(await stale()).toEqual(expect.arrayContaining(['racing 19']));
    await forgetDerivation(source.manager, { name: 'total', key: 'racing' });
    expect(await stale()).not.toEqual(expect.arrayContaining(['racing 19']));
  });

  it('is nothing before the first block is indexed', async () => {
    expect(await factsMoment(source, 1)).toBeUndefined();
  });
});

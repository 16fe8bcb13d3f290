import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { tallyTokenAbi, traceAnchorAbi, partnerRegistryAbi } from '@tallyhouse/chain';
import {
  deployLocal,
  digest,
  ROLE,
  startAnvil,
  startPostgres,
  type Anvil,
  type LocalDeployment,
  type LocalPostgres,
} from '@tallyhouse/testing';
import { encodeFunctionData, numberToHex, size, stringToHex, zeroHash, type Hex } from 'viem';
import { freshFacts, TestIndex } from '../test/index-kit.js';
import { BatchReader } from '@tallyhouse/supply-chain';
import { migrationDataSource } from '../../../migrations/data-source.js';
import { factTables } from './protocols/index.js';

/** More than any rule of finality waits for. */
const DEPTH_OF_FINALITY = 150;

describe('indexer on a real chain and a real database', () => {
  let postgres: LocalPostgres;
  let chain: Anvil;
  let local: LocalDeployment;
  let index: TestIndex;

  beforeAll(async () => {
    [postgres, chain] = await Promise.all([startPostgres(), startAnvil()]);
    local = await deployLocal(chain.rpcUrl);
  }, 60_000);
  afterAll(() => Promise.all([postgres.stop(), chain.stop()]));
  afterEach(() => index.close());

  const rpc = (method: string, params: unknown[] = []): Promise<unknown> =>
    local.publicClient.request({ method, params } as never);
  const newIndex = async (): Promise<TestIndex> =>
    (index = await TestIndex.create(postgres, 'index', local.deployment, chain.rpcUrl));
  const fresh = (): Promise<Record<string, string[]>> => freshFacts(postgres, local.deployment, chain.rpcUrl);
  const total = (facts: Record<string, string[]>): number => Object.values(facts).flat().length;

  async function send(person: keyof typeof ROLE, to: Hex, data: Hex): Promise<void> {
    const wallet = local.people[ROLE[person]];
    if (!wallet) throw new RangeError(person);
    const hash = await wallet.sendTransaction({ to, data, chain: null, gas: 12_000_000n });
    const receipt = await local.publicClient.waitForTransactionReceipt({ hash });
    expect(receipt.status).toBe('success');
  }

  const transfer = (amount: bigint): Promise<void> =>
    send(
      'deployer',
      local.deployment.contracts.TallyToken.address,
      encodeFunctionData({
        abi: tallyTokenAbi,
        functionName: 'transfer',
        args: [local.deployment.contracts.TraceAnchor.address, amount],
      }),
    );
  const delegate = (person: keyof typeof ROLE): Promise<void> =>
    send(
      person,
      local.deployment.contracts.TallyToken.address,
      encodeFunctionData({
        abi: tallyTokenAbi,
        functionName: 'delegate',
        args: [local.people[ROLE[person]]?.account.address ?? '0x'],
      }),
    );
  async function anchor(label: string, uri = 'memory:batch'): Promise<void> {
    const partner = local.people[ROLE.partner]?.account.address ?? '0x';
    const at = { address: local.deployment.contracts.TraceAnchor.address, abi: traceAnchorAbi } as const;
    const head = await local.publicClient.readContract({ ...at, functionName: 'head', args: [partner] });
    const args = [partner, digest(label), 3, head, zeroHash, uri] as const;
    await send(
      'partner',
      at.address,
      encodeFunctionData({ abi: traceAnchorAbi, functionName: 'anchor', args }),
    );
  }

  it('holds what the contracts say after a backfill', async () => {
    await anchor('first batch');
    await delegate('deployer');
    await (await newIndex()).start().caughtUp();
    const { contracts } = local.deployment;
    const [partner] = await index.rows('SELECT * FROM partner_current');
    expect(partner).toMatchObject({ gln: '4012345000009', name: 'Harbour Pharma' });
    const [active] = await index.rows('SELECT * FROM model_active');
    expect(active).toMatchObject({
      family_name: 'demand',
      how: 'ACTIVATED',
      proposal_id: null,
      uri: 'memory:first',
    });
    const [anchored] = await index.rows<{ partner: Hex; head: Hex; seq: string }>(
      'SELECT * FROM trace_anchored',
    );
    expect(anchored?.head).toBe(
      await local.publicClient.readContract({
        address: contracts.TraceAnchor.address,
        abi: traceAnchorAbi,
        functionName: 'head',
        args: [anchored?.partner ?? '0x'],
      }),
    );
    const [power] = await index.rows<{ delegate: Hex; votes: string }>('SELECT * FROM delegate_current');
    expect(BigInt(power?.votes ?? 0)).toBe(
      await local.publicClient.readContract({
        address: contracts.TallyToken.address,
        abi: tallyTokenAbi,
        functionName: 'getVotes',
        args: [power?.delegate ?? '0x'],
      }),
    );
    expect(index.status.report()).toMatchObject({ state: 'FOLLOWING', lagBlocks: 0, lastProblem: null });
  }, 30_000);

  it('keeps hostile texts and times without failing', async () => {
    await (await newIndex()).start().caughtUp();
    const long = 'ü'.repeat(40_000);
    await anchor('hostile', `a\0b${long}`);
    const partner = local.people[ROLE.partner]?.account.address ?? '0x';
    await send(
      'partner',
      local.deployment.contracts.PartnerRegistry.address,
      encodeFunctionData({
        abi: partnerRegistryAbi,
        functionName: 'setSubmitter',
        args: [partner, local.people[0]?.account.address ?? '0x', 0n, 2n ** 64n - 1n],
      }),
    );
    await index.caughtUp();
    const [{ uri } = { uri: '' }] = await index.rows<{ uri: string }>(
      'SELECT uri FROM trace_anchored ORDER BY block_number DESC LIMIT 1',
    );
    expect(uri.startsWith('a\uFFFDbüü')).toBe(true);
    expect(uri.endsWith(`… [cut: ${size(stringToHex(`a\0b${long}`))} bytes on the chain]`)).toBe(true);
    const [set] = await index.rows(
      'SELECT valid_until::text FROM submitter_set ORDER BY block_number DESC LIMIT 1',
    );
    expect(set).toEqual({ valid_until: 'infinity' });
  }, 30_000);

  it('is after a reorganisation what a fresh index is, and says so to listeners', async () => {
    await (await newIndex()).start().caughtUp();
    const messages: string[] = [];
    index.client.on('notification', ({ payload }) => messages.push(payload ?? ''));
    await index.client.query('LISTEN tallyhouse_index');
    const snapshot = await rpc('evm_snapshot');
    const fork = Number(await local.publicClient.getBlockNumber());
    for (const amount of [1n, 2n, 3n]) await transfer(amount);
    await anchor('abandoned');
    await index.caughtUp();
    const abandoned = await index.facts();
    await rpc('evm_revert', [snapshot]);
    for (const amount of [7n, 8n]) await transfer(amount);
    await index.caughtUp();
    const facts = await index.facts();
    expect(facts).toEqual(await fresh());
    expect(facts['trace_anchored']).not.toEqual(abandoned['trace_anchored']);
    expect(index.status.report().rollbacks).toBeGreaterThan(0);
    expect(messages.map((each) => JSON.parse(each) as object)).toContainEqual(
      expect.objectContaining({ rolledBackTo: fork, blockNumber: fork }),
    );
  }, 30_000);

  it('shows a batch sealed, on chain, sealed again when its block is taken back, and final in the end', async () => {
    await (await newIndex()).start().caughtUp();
    const source = await migrationDataSource(index.databaseUrl).initialize();
    try {
      const batches = new BatchReader(source);
      const status = async (): Promise<unknown> =>
        (await batches.list({}, { first: 5 })).rows.map((row) => row.status);
      await source.query(
        `INSERT INTO anchor_batch (partner, submitter, seq, root, count, prev_head, head, schema_id, uri, sealed_at)
         VALUES ($1, $1, 1, $2, 3, '0x', '0x', '0x', '', now())`,
        [local.people[ROLE.partner]?.account.address.toLowerCase(), digest('of a batch')],
      );
      expect(await status()).toEqual(['SEALED']);
      const snapshot = await rpc('evm_snapshot');
      await anchor('of a batch');
      await index.caughtUp();
      expect(await status()).toEqual(['ANCHORED']);
      await rpc('evm_revert', [snapshot]);
      await transfer(5n);
      await index.caughtUp();
      expect(await status()).toEqual(['SEALED']);
      await anchor('of a batch');
      await index.caughtUp();
      expect(await status()).toEqual(['ANCHORED']);
      await rpc('anvil_mine', [numberToHex(DEPTH_OF_FINALITY)]);
      await index.close();
      await (await newIndex()).start().caughtUp();
      expect(await status()).toEqual(['FINAL']);
      expect((await batches.list({ status: 'SEALED' }, { first: 5 })).rows).toEqual([]);
    } finally {
      await source.destroy();
    }
  }, 60_000);

  it('follows a replacement of the head at the same height', async () => {
    await transfer(1n);
    await (await newIndex()).start().caughtUp();
    await rpc('anvil_reorg', [1, []]);
    await index.caughtUp();
    expect(await index.facts()).toEqual(await fresh());
  }, 30_000);

  it('loses and doubles nothing when its connection dies in the middle of commits', async () => {
    await newIndex();
    await index.client.query(`
      CREATE SEQUENCE fault;
      CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('fault') IN (2, 4, 5) THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER fail BEFORE UPDATE ON chain_checkpoint FOR EACH ROW EXECUTE FUNCTION fail();`);
    index.start();
    for (const amount of [11n, 12n, 13n, 14n]) {
      await transfer(amount);
      await index.caughtUp();
    }
    const [{ calls } = { calls: '0' }] = await index.rows<{ calls: string }>(
      'SELECT last_value AS calls FROM fault',
    );
    expect(Number(calls)).toBeGreaterThan(5);
    expect(index.status.report().lastProblem).toMatch(/trying again/);
    expect(await index.facts()).toEqual(await fresh());
    await index.client.query('DROP FUNCTION fail CASCADE; DROP SEQUENCE fault');
  }, 30_000);

  it.each([11, 22, 33])(
    'replays random reorganisations to the rows of a fresh index (seed %i)',
    async (seed) => {
      const random = mulberry32(seed);
      await (await newIndex()).start().caughtUp();
      const snapshots: unknown[] = [];
      for (let step = 0; step < 18; step++) {
        const choice = random();
        if (choice < 0.25) snapshots.push(await rpc('evm_snapshot'));
        else if (choice < 0.45 && snapshots.length > 0) {
          const kept = Math.floor(random() * snapshots.length);
          await rpc('evm_revert', [snapshots[kept]]);
          snapshots.splice(kept);
        } else if (choice < 0.6) await rpc('anvil_mine', [numberToHex(1 + Math.floor(random() * 5))]);
        else if (choice < 0.8) await transfer(BigInt(Math.floor(random() * 1_000)));
        else await anchor(`batch ${seed} ${step}`);
        if (random() < 0.5) await index.caughtUp();
      }
      await index.caughtUp();
      const facts = await index.facts();
      expect(total(facts)).toBeGreaterThan(20);
      expect(facts).toEqual(await fresh());
    },
    30_000,
  );

  it('has one writer: a second stands by and takes over', async () => {
    await (await newIndex()).start().caughtUp();
    const first = index.service;
    index.start();
    await until(() => index.status.report().state === 'STANDBY');
    await transfer(5n);
    await first.stop();
    await index.caughtUp();
    expect(await index.facts()).toEqual(await fresh());
  }, 30_000);

  it('refuses other contracts than those indexed and says what to do', async () => {
    await (await newIndex()).start().caughtUp();
    await index.service.stop();
    await index.client.query(`UPDATE chain_checkpoint SET contracts_digest = 'other'`);
    await expect(index.start().done).rejects.toThrow(/tallyhouse reindex/);
    await index.client.query(`UPDATE chain_checkpoint SET genesis_hash = '0xother'`);
    await expect(index.start().done).rejects.toThrow(/begins with.*reindex/);
  }, 30_000);

  it('rolls back every table of facts that the database has', async () => {
    await newIndex();
    index.start();
    const tables = await index.rows<{ table_name: string }>(
      `SELECT table_name FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
       WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND column_name IN ('chain_id', 'block_number', 'log_index')
       GROUP BY 1 HAVING count(*) = 3 ORDER BY 1`,
    );
    expect(tables.map((table) => table.table_name)).toEqual(factTables.map(({ name }) => name).sort());
  });
});

async function until(condition: () => boolean): Promise<void> {
  const deadline = Date.now() + 10_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error('condition not met in time');
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}

/** A small seeded generator (Tommy Ettinger's mulberry32, public domain). */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { tallyTokenAbi } from '@tallyhouse/chain';
import {
  deployLocal,
  freePort,
  startAnvil,
  startPostgres,
  type Anvil,
  type LocalPostgres,
} from '@tallyhouse/testing';
import { encodeFunctionData } from 'viem';
import { freshFacts, TestIndex } from '../test/index-kit.js';

describe('indexer of a development chain that is restarted', () => {
  let dir: string;
  let postgres: LocalPostgres;
  beforeAll(async () => {
    dir = await mkdtemp(join(tmpdir(), 'tallyhouse-restart-'));
    postgres = await startPostgres();
  }, 60_000);
  afterAll(async () => {
    await postgres.stop();
    await rm(dir, { recursive: true, force: true });
  });

  it('waits while the chain is away, and rolls back when it returns with an older state', async () => {
    const [port, state, older] = [await freePort(), join(dir, 'state.json'), join(dir, 'older.json')];
    let chain: Anvil = await startAnvil({ port, state });
    const { deployment, people, publicClient } = await deployLocal(chain.rpcUrl);
    const transfer = async (amount: bigint): Promise<void> => {
      const args = [deployment.contracts.TraceAnchor.address, amount] as const;
      const data = encodeFunctionData({ abi: tallyTokenAbi, functionName: 'transfer', args });
      const to = deployment.contracts.TallyToken.address;
      const hash = await people[0]?.sendTransaction({ to, data, chain: null });
      await publicClient.waitForTransactionReceipt({ hash: hash ?? '0x' });
    };
    await chain.stop();
    await copyFile(state, older);
    chain = await startAnvil({ port, state });
    const index = (await TestIndex.create(postgres, 'restart', deployment, chain.rpcUrl)).start();
    for (const amount of [1n, 2n, 3n]) await transfer(amount);
    await index.caughtUp();
    expect((await index.facts())['token_transfer']).toHaveLength(7);
    await chain.stop();
    await copyFile(older, state);
    chain = await startAnvil({ port, state });
    await index.caughtUp();
    expect((await index.facts())['token_transfer']).toHaveLength(4);
    await transfer(9n);
    await index.caughtUp();
    expect(await index.facts()).toEqual(await freshFacts(postgres, deployment, chain.rpcUrl));
    expect(index.status.report().rollbacks).toBeGreaterThan(0);
    await index.close();
    await chain.stop();
  }, 60_000);
});

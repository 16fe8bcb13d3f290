import { describe, expect, it } from '@jest/globals';
import { fakeBlocks, FakeChain } from '../../test/fake-chain.js';
import type { BlockHeader } from '../rpc/raw-block.js';
import type { FactStore } from '../store/fact-store.js';
import { commonAncestor } from './common-ancestor.js';
import { headIsBehind, rollBack, type ReorgContext } from './reorg.js';

const stored = fakeBlocks(400);
const block = (number: number): BlockHeader => stored[number] as BlockHeader;

/** A store that knows every third block, and whither it was rolled back. */
function storeOf(): FactStore & { rolledBackTo?: BlockHeader } {
  const store = {
    knownBlocks: () =>
      Promise.resolve(stored.map(({ number }) => number).filter((number) => number % 3 === 0)),
    knownBlock: (number: number) => Promise.resolve(stored[number]),
    rollBack: (_: BlockHeader, to: BlockHeader) => {
      (store as { rolledBackTo?: BlockHeader }).rolledBackTo = to;
      return Promise.resolve();
    },
  };
  return store as unknown as FactStore & { rolledBackTo?: BlockHeader };
}

describe('commonAncestor', () => {
  it('is the highest block that both know, wherever the fork is', async () => {
    for (let fork = 2; fork < 400; fork += 13) {
      const chain = new FakeChain(fakeBlocks(400, fork));
      const ancestor = await commonAncestor(chain, storeOf(), block(1));
      expect(ancestor.number).toBe(Math.max(1, Math.floor((fork - 1) / 3) * 3));
      expect(chain.calls).toBeLessThan(10);
    }
  });

  it('is the head of a chain that is shorter', async () => {
    expect((await commonAncestor(new FakeChain(fakeBlocks(100)), storeOf(), block(1))).number).toBe(99);
  });
});

describe('rollBack', () => {
  const context = (chain: FakeChain, chainId: number, store = storeOf()): ReorgContext => ({
    ...{ reader: chain, store, chainId, startBlock: 1 },
    refuseMissingContracts: () => Promise.resolve(),
  });
  const checkpoint = { block: block(399), genesisHash: block(0).hash, contractsDigest: '' };

  it('goes as deep as it must while no final block is gone, and stops where one is', async () => {
    const chain = new FakeChain(fakeBlocks(400, 30));
    for (const [chainId, final] of [
      [31_337, block(200)],
      [1, block(29)],
      [1, undefined],
    ] as const) {
      const store = storeOf();
      await rollBack(context(chain, chainId, store), checkpoint, final);
      expect(store.rolledBackTo?.number).toBe(27);
    }
    await expect(rollBack(context(chain, 1), checkpoint, block(30))).rejects.toMatchObject({
      code: 'REORG_TOO_DEEP',
      next: 'STOP',
    });
    await expect(rollBack(context(chain, 1), { ...checkpoint, final: block(30) })).rejects.toThrow(
      /was final/,
    );
  });

  it('takes nothing back for a development chain that was set up without the contracts', async () => {
    const store = storeOf();
    const refuseMissingContracts = (): Promise<void> => Promise.reject(new Error('no contract'));
    const reset = { ...context(new FakeChain(fakeBlocks(400, 2)), 31_337, store), refuseMissingContracts };
    await expect(rollBack(reset, checkpoint)).rejects.toThrow('no contract');
    expect(store.rolledBackTo).toBeUndefined();
    const shared = { ...context(new FakeChain(fakeBlocks(400, 30)), 31_337, store), refuseMissingContracts };
    expect((await rollBack(shared, checkpoint)).number).toBe(27);
  });

  it('refuses a chain with another beginning', async () => {
    const chain = new FakeChain(fakeBlocks(400, 0));
    await expect(rollBack(context(chain, 31_337), checkpoint)).rejects.toMatchObject({
      code: 'CHAIN_REPLACED',
    });
  });

  it('takes a head below the checkpoint for a restart on a development chain only', async () => {
    const head = block(300);
    const store = storeOf();
    expect(await headIsBehind({ store, chainId: 31_337 }, head)).toBe(true);
    expect(await headIsBehind({ store, chainId: 1 }, { ...head, hash: '0xother' })).toBe(true);
    await expect(headIsBehind({ store, chainId: 1 }, head)).rejects.toMatchObject({ code: 'CHAIN_BEHIND' });
  });
});

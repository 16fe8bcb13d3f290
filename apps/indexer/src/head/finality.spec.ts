import { describe, expect, it } from '@jest/globals';
import { fakeBlocks, FakeChain } from '../../test/fake-chain.js';
import { RetryError } from '../indexer.errors.js';
import type { BlockHeader } from '../rpc/raw-block.js';
import { DEFAULT_DEPTH, Finality } from './finality.js';

const blocks = fakeBlocks(400);
const block = (number: number): BlockHeader => blocks[number] as BlockHeader;

/** A node whose tag points to a block, or that knows none. */
class TaggingChain extends FakeChain {
  public tag: BlockHeader | undefined;
  public broken = false;

  public override tagged(): Promise<undefined> {
    if (this.broken) return Promise.reject(new RetryError('RPC_UNAVAILABLE', 'away'));
    return Promise.resolve(this.tag as undefined);
  }
}

describe('Finality', () => {
  let nowMs = 0;
  const chain = new TaggingChain(blocks);
  const of = (rule: 'finalized' | number): Finality => new Finality(chain, rule, () => nowMs);

  it('follows the tag of the node, asked for now and then', async () => {
    chain.tag = block(300);
    const finality = of('finalized');
    expect(await finality.below(block(399))).toEqual({ number: 300, hash: block(300).hash });
    chain.tag = block(310);
    expect((await finality.below(block(399)))?.number).toBe(300);
    nowMs += 5_000;
    expect((await finality.below(block(399)))?.number).toBe(310);
    finality.forget();
    expect(finality.known).toBeUndefined();
  });

  it('is a depth where one is set, or where the node knows no tag', async () => {
    chain.tag = undefined;
    expect((await of(10).below(block(50)))?.number).toBe(40);
    expect((await of('finalized').below(block(399)))?.number).toBe(399 - DEFAULT_DEPTH);
    expect(await of('finalized').below(block(100))).toBeUndefined();
  });

  it('takes no tag above the head, and keeps what it knew while the node is away', async () => {
    chain.tag = block(390);
    const finality = of('finalized');
    expect(await finality.below(block(380))).toBeUndefined();
    nowMs += 5_000;
    expect((await finality.below(block(399)))?.number).toBe(390);
    nowMs += 5_000;
    chain.broken = true;
    expect((await finality.below(block(399)))?.number).toBe(390);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { Hex } from 'viem';
import type { EvidenceReader } from '../rpc/chain-reader.js';
import type { BlockHeader, HeadAndMore, ToldHead } from '../rpc/raw-block.js';
import { fakeBlocks, fakeLog } from '../../test/fake-chain.js';
import { NextBlock } from './next-block.js';

const [, , two, three] = fakeBlocks(4) as [BlockHeader, BlockHeader, BlockHeader, BlockHeader];

/** A node at a head that brings the logs of the block that is named with it, if they are its head. */
function nextBlock(head: BlockHeader, told: ToldHead | undefined): { next: NextBlock; asked: string[] } {
  const asked: string[] = [];
  const reader = {
    latestWith: (_: readonly Hex[], { hash }: ToldHead): Promise<HeadAndMore> => {
      asked.push('latestWith');
      return Promise.resolve(
        hash === head.hash ? { head, logs: [fakeLog(head, 1), fakeLog(head, 0)] } : { head },
      );
    },
    logsOf: () => {
      asked.push('logsOf');
      return Promise.resolve([fakeLog(head, 0)]);
    },
  } as unknown as EvidenceReader;
  const pool = {
    use: <Answer>(work: (of: EvidenceReader, endpoint: never) => Promise<Answer>) =>
      work(reader, {} as never),
    latest: () => {
      asked.push('latest');
      return Promise.resolve(head);
    },
    lookAtHead: async <Found>(look: (of: EvidenceReader) => Promise<{ head: BlockHeader; found: Found }>) =>
      (await look(reader)).found,
  };
  return { next: new NextBlock(pool, ['0xc0'], () => told), asked };
}

describe('a look at the head', () => {
  it('brings the whole block that was told, in one request', async () => {
    const { next, asked } = nextBlock(two, two);
    const { head, range } = await next.look(2);
    expect(head).toBe(two);
    expect(range?.logs.map(({ logIndex }) => logIndex)).toEqual([0, 1]);
    expect(asked).toEqual(['latestWith']);
  });

  it('believes nothing of what was told: another head is what counts', async () => {
    const lie: ToldHead = { number: 2, hash: '0xfe' };
    const { next, asked } = nextBlock(two, lie);
    expect(await next.look(2)).toEqual({ head: two });
    expect((await next.fetch(two)).logs).toHaveLength(1);
    expect(asked).toEqual(['latestWith', 'logsOf']);
  });

  it('asks for the head alone when nothing was told, or not the block that comes next', async () => {
    for (const told of [undefined, three]) {
      const { next, asked } = nextBlock(three, told);
      expect(await next.look(2)).toEqual({ head: three });
      expect(asked).toEqual(['latest']);
    }
  });
});

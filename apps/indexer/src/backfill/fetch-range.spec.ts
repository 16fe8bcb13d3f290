import { describe, expect, it } from '@jest/globals';
import { fakeBlocks, FakeChain } from '../../test/fake-chain.js';
import { verifyRange } from '../verify/verify-range.js';
import { fetchRange } from './fetch-range.js';
import { RangeSize } from './range-size.js';
import { rangesAhead } from './ranges-ahead.js';

const addresses = ['0xc0'] as const;

describe('fetchRange', () => {
  it('halves a range until the node answers, and remembers', async () => {
    const logs = new Map([
      [3, 2],
      [40, 1],
    ]);
    const chain = new FakeChain(fakeBlocks(65), logs, 10);
    const size = new RangeSize();
    const range = await fetchRange(chain, addresses, { from: 1, to: 64, wholeFrom: 1_000 }, size);
    expect(range.logs.map(({ blockNumber, logIndex }) => [blockNumber, logIndex])).toEqual([
      [3, 0],
      [3, 1],
      [40, 0],
    ]);
    expect(range.headers.map(({ number }) => number)).toEqual([1, 3, 40, 64]);
    expect(size.blocks).toBeLessThanOrEqual(10);
  });

  it('fetches every header within the finality window', async () => {
    const request = { from: 1, to: 20, wholeFrom: 15 };
    const { headers } = await fetchRange(new FakeChain(fakeBlocks(21)), addresses, request, new RangeSize());
    expect(headers.map(({ number }) => number)).toEqual([1, 15, 16, 17, 18, 19, 20]);
  });

  it('refuses logs that were read while the chain changed', async () => {
    const chain = new FakeChain(fakeBlocks(21));
    chain.onLogs = () => (chain.blocks = fakeBlocks(21, 10));
    const request = { from: 1, to: 20, wholeFrom: 100 };
    await expect(fetchRange(chain, addresses, request, new RangeSize())).rejects.toMatchObject({
      code: 'CHAIN_MOVED',
      next: 'RETRY',
    });
  });
});

describe('rangesAhead', () => {
  it('covers every block once and in order, whatever the sizes', async () => {
    for (const [head, limit] of [
      [1, 1],
      [130, 7],
      [5_000, 900],
      [9_999, 5_000],
    ] as const) {
      const chain = new FakeChain(fakeBlocks(head + 1), new Map([[head, 3]]), limit);
      const size = new RangeSize();
      let checkpoint = chain.blocks[0];
      for await (const range of rangesAhead(1, head, size, (request) =>
        fetchRange(chain, addresses, request, size),
      )) {
        if (checkpoint) verifyRange(checkpoint, range, new Set(addresses));
        checkpoint = range.last;
      }
      expect(checkpoint?.number).toBe(head);
    }
  });

  it('gives a failure to its reader and none to the process', async () => {
    const ranges = rangesAhead(1, 100_000, new RangeSize(), ({ from }) =>
      Promise.reject(new Error(`at ${from}`)),
    );
    await expect(ranges.next()).rejects.toThrow('at 1');
  });
});

describe('RangeSize', () => {
  it('grows while answers are small and shrinks when they are large or refused', () => {
    const size = new RangeSize();
    const first = size.blocks;
    size.answered(first, 10);
    expect(size.blocks).toBe(2 * first);
    size.answered(2 * first, 5_000);
    expect(size.blocks).toBe(first);
    size.refused(1);
    expect(size.blocks).toBe(1);
    size.answered(1, 0);
    expect(size.blocks).toBe(1);
    for (let turn = 0; turn < 700; turn++) size.answered(size.blocks, 0);
    expect(size.blocks).toBe(100_000);
  });
});

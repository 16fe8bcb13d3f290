import { describe, expect, it } from '@jest/globals';
import { fakeBlocks, fakeLog } from '../../test/fake-chain.js';
import type { BlockHeader } from '../rpc/raw-block.js';
import type { BlockRange } from '../store/fact-batch.js';
import { verifyRange } from './verify-range.js';

const blocks = fakeBlocks(10);
const at = (number: number): BlockHeader => blocks[number] as BlockHeader;
const good: BlockRange = {
  first: at(3),
  last: at(5),
  headers: [at(3), at(4), at(5)],
  logs: [fakeLog(at(4), 0), fakeLog(at(4), 2), fakeLog(at(5), 0)],
};
const verify = (change: Partial<BlockRange>, checkpoint = at(2)): void =>
  verifyRange(checkpoint, { ...good, ...change }, new Set(['0xc0']));

describe('verifyRange', () => {
  it('accepts a range that continues the checkpoint', () => {
    expect(() => verify({})).not.toThrow();
  });

  it('asks for a roll-back when the parent is another block', () => {
    expect(() => verify({}, { ...at(2), hash: '0xother' })).toThrow(
      expect.objectContaining({ next: 'ROLL_BACK' }),
    );
  });

  it.each<[string, Partial<BlockRange>, string]>([
    ['a gap', { first: at(4) }, 'CHAIN_MOVED'],
    [
      'headers of two chains',
      { headers: [at(3), { ...at(4), parentHash: '0xother' }, at(5)] },
      'CHAIN_MOVED',
    ],
    ['a log of another fork', { logs: [fakeLog({ ...at(4), hash: '0xother' }, 0)] }, 'CHAIN_MOVED'],
    [
      'a log of a block without header',
      { headers: [at(3), at(5)], logs: [fakeLog(at(4), 0)] },
      'CHAIN_MOVED',
    ],
    ['a log from outside the range', { logs: [fakeLog(at(6), 0)] }, 'LOGS_INCONSISTENT'],
    ['a log of another contract', { logs: [fakeLog(at(4), 0, '0xdd')] }, 'LOGS_INCONSISTENT'],
    ['a log twice', { logs: [fakeLog(at(4), 1), fakeLog(at(4), 1)] }, 'LOGS_INCONSISTENT'],
  ])('tries again on %s', (_, change, code) => {
    expect(() => verify(change)).toThrow(expect.objectContaining({ code, next: 'RETRY' }));
  });
});

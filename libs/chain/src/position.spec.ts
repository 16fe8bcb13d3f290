import { describe, expect, it } from '@jest/globals';
import type { Hex } from 'viem';
import { comparePositions, decodeCheckpoint, encodeCheckpoint } from './position.js';
import type { ChainPosition } from './position.js';

const RUNS = 2_000;

/** A small seeded generator (xorshift32), so that a failure can be repeated. */
function generator(seed: number): (bound: number) => number {
  let state = seed;
  return (bound) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % bound;
  };
}

function positions(seed: number): ChainPosition[] {
  const next = generator(seed);
  const hex = () =>
    next(2 ** 32)
      .toString(16)
      .padStart(8, '0');
  return Array.from({ length: RUNS }, () => ({
    chainId: 1 + next(3),
    blockNumber: next(2) === 0 ? BigInt(next(50)) : BigInt(next(2 ** 32)) * 1_000_003n,
    blockHash: `0x${Array.from({ length: 8 }, hex).join('')}` as Hex,
    logIndex: next(next(2) === 0 ? 4 : 99_999_999),
  }));
}

describe('encodeCheckpoint', () => {
  it('gives back every position that it wrote', () => {
    for (const position of positions(7)) {
      expect(decodeCheckpoint(encodeCheckpoint(position))).toEqual(position);
    }
  });

  it('orders as text exactly as chain, block and log do', () => {
    const list = positions(11);
    for (const [index, left] of list.entries()) {
      const right = list[(index + 1) % list.length] as ChainPosition;
      const order = Math.sign(comparePositions(left, right));
      const [leftText, rightText] = [left, right].map((position) => encodeCheckpoint(position).slice(0, 40));
      expect(Math.sign((leftText as string).localeCompare(rightText as string, 'en'))).toBe(order);
    }
  });

  it('has one width', () => {
    expect(new Set(positions(13).map((position) => encodeCheckpoint(position).length))).toEqual(
      new Set([104]),
    );
  });

  const sound: ChainPosition = { chainId: 1, blockNumber: 1n, blockHash: `0x${'0'.repeat(64)}`, logIndex: 0 };
  const wrong: readonly (readonly [string, Partial<ChainPosition>])[] = [
    ['a block number that is too wide', { blockNumber: 10n ** 16n }],
    ['a negative block number', { blockNumber: -1n }],
    ['a log index that is too wide', { logIndex: 100_000_000 }],
    ['a fractional log index', { logIndex: 0.5 }],
    ['a short block hash', { blockHash: '0xab' }],
  ];
  it.each(wrong)('refuses %s', (_, part) => {
    expect(() => encodeCheckpoint({ ...sound, ...part })).toThrow(
      expect.objectContaining({ code: 'POSITION_INVALID' }),
    );
  });

  it('refuses a text that is not a checkpoint', () => {
    const text = encodeCheckpoint(sound);
    for (const other of ['', `${text}0`, text.slice(1), `x${text.slice(1)}`, `99${text.slice(2)}`]) {
      expect(() => decodeCheckpoint(other)).toThrow(/not a position/);
    }
  });
});

import { describe, expect, it } from '@jest/globals';
import { bytesToHex, toRlp, type Hex as ViemHex } from 'viem';
import { seeded } from '../../test/mutate.js';
import { fromHex, toHex } from '../hex.js';
import { bytesQuantity, decodeRlp, encodeRlp, quantityBytes, type RlpItem } from './rlp.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
type ViemItem = ViemHex | ViemItem[];
const forViem = (item: RlpItem): ViemItem =>
  item instanceof Uint8Array ? bytesToHex(item) : item.map(forViem);

function randomItem(random: () => number, depth: number): RlpItem {
  if (depth === 0 || random() < 0.4) {
    const length = Math.floor(random() ** 3 * 400);
    return Uint8Array.from({ length }, () => Math.floor(random() * 256));
  }
  return Array.from({ length: Math.floor(random() * 6) }, () => randomItem(random, depth - 1));
}

describe('RLP', () => {
  it('writes the examples of the Ethereum documentation', () => {
    expect(toHex(encodeRlp(text('dog')))).toBe('0x83646f67');
    expect(toHex(encodeRlp([text('cat'), text('dog')]))).toBe('0xc88363617483646f67');
    expect(toHex(encodeRlp([]))).toBe('0xc0');
    expect(toHex(encodeRlp(new Uint8Array()))).toBe('0x80');
    expect(toHex(encodeRlp(quantityBytes(1024n)))).toBe('0x820400');
    expect(toHex(encodeRlp([[], [[]], [[], [[]]]]))).toBe('0xc7c0c1c0c3c0c1c0');
    expect(toHex(encodeRlp(text('a'.repeat(56))).subarray(0, 3))).toBe('0xb83861');
  });

  it('writes what viem writes and reads it back', () => {
    const random = seeded(1);
    for (let round = 0; round < 300; round++) {
      const item = randomItem(random, 4);
      const encoded = encodeRlp(item);
      expect(toHex(encoded)).toBe(toRlp(forViem(item)));
      expect(toHex(encodeRlp(decodeRlp(encoded)))).toBe(toHex(encoded));
    }
  });

  it.each([
    ['nothing', '0x'],
    ['bytes after the item', '0x8080'],
    ['a small byte with a length', '0x8101'],
    ['a short length in the long form', '0xb801ff'],
    ['a length with a leading zero', '0xb90001ff'],
    ['a length beyond the end', '0x83646f'],
    ['a list beyond its end', '0xc2836464'],
    ['a length of eight bytes', '0xbfffffffffffffffff'],
    ['lists too deep', `0x${'c1'.repeat(20)}c0`],
  ])('refuses %s', (_, hex) => {
    expect(() => decodeRlp(fromHex(hex))).toThrow('not RLP');
  });

  it('accepts of random bytes only what it would write itself', () => {
    const random = seeded(2);
    for (let round = 0; round < 3_000; round++) {
      const bytes = Uint8Array.from({ length: 1 + Math.floor(random() * 12) }, () =>
        random() < 0.5 ? 0xc0 + Math.floor(random() * 12) : Math.floor(random() * 256),
      );
      try {
        expect(toHex(encodeRlp(decodeRlp(bytes)))).toBe(toHex(bytes));
      } catch (error) {
        expect((error as { code?: string }).code).toBe('RLP');
      }
    }
  });

  it('writes numbers without leading zeros and refuses others', () => {
    for (const value of [0n, 1n, 127n, 128n, 255n, 256n, 2n ** 255n]) {
      expect(bytesQuantity(quantityBytes(value))).toBe(value);
    }
    expect(quantityBytes(0n)).toHaveLength(0);
    expect(() => bytesQuantity(new Uint8Array([0, 1]))).toThrow('leading zero');
    expect(() => bytesQuantity(new Uint8Array(33).fill(1))).toThrow('256 bits');
  });
});

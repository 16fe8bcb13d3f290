import { describe, expect, it } from '@jest/globals';
import { bytesToHex, stringToHex, type Hex } from 'viem';
import { MAX_TEXT_BYTES, text, time } from './cells.js';

describe('text', () => {
  it('keeps what is fit, to the last byte of the bound', () => {
    for (const kept of ['', 'Hafen Köln 港', 'x'.repeat(MAX_TEXT_BYTES)])
      expect(text(stringToHex(kept))).toBe(kept);
  });

  it('replaces NUL and bytes that are no UTF-8', () => {
    expect(text('0x6100ff62')).toBe('a\uFFFD\uFFFDb');
    expect(text('0xefbbbf61')).toBe('\uFEFFa');
  });

  it('cuts between characters and says how long the text was', () => {
    for (const [unit, bytes] of [
      ['é', 2],
      ['港', 3],
      ['🚢', 4],
    ] as const) {
      const long = `x${unit.repeat(MAX_TEXT_BYTES)}`;
      const kept = text(stringToHex(long));
      expect(kept).toMatch(
        new RegExp(`^x(${unit})+… \\[cut: ${1 + bytes * MAX_TEXT_BYTES} bytes on the chain\\]$`, 'u'),
      );
    }
  });

  it('never fails, whatever the bytes', () => {
    for (let first = 0; first < 256; first++) {
      const bytes = Uint8Array.from(
        { length: MAX_TEXT_BYTES + 9 },
        (_, index) => (first * 31 + index * 7) & 0xff,
      );
      const kept = text(bytesToHex(bytes) as Hex);
      expect(kept.includes('\0')).toBe(false);
      expect(kept.endsWith(`[cut: ${MAX_TEXT_BYTES + 9} bytes on the chain]`)).toBe(true);
    }
  });
});

describe('time', () => {
  it('is as Postgres writes it up to the year 9999 and infinity beyond', () => {
    expect(time(0n)).toBe('1970-01-01 00:00:00+00');
    expect(time(253_402_300_799n)).toBe('9999-12-31 23:59:59+00');
    expect(time(253_402_300_800n)).toBe('infinity');
    expect(time(2n ** 64n - 1n)).toBe('infinity');
  });
});

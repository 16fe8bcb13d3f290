import { describe, expect, it } from '@jest/globals';
import { pairingCode } from './pairing-code.js';

const ADDRESS = `wc:${'a1'.repeat(32)}@2?relay-protocol=irn&symKey=${'b2'.repeat(32)}`;

describe('the code for a phone', () => {
  it('has the three corner marks that a camera looks for, inside of a white edge', () => {
    const { size, path } = pairingCode(ADDRESS);
    const dark = new Set(
      path
        .split('M')
        .filter(Boolean)
        .map((square) => square.slice(0, square.indexOf('h'))),
    );
    const ring = (left: number, top: number) =>
      Array.from({ length: 7 }, (_, at) => [
        `${left + at} ${top}`,
        `${left} ${top + at}`,
        `${left + at} ${top + 6}`,
      ]).flat();
    const far = size - 2 - 7;
    for (const square of [...ring(2, 2), ...ring(far, 2), ...ring(2, far)]) expect(dark).toContain(square);
    expect([...dark].some((square) => square.startsWith('0 ') || square.endsWith(' 0'))).toBe(false);
  });

  it('is another for another address', () => {
    expect(pairingCode(ADDRESS).path).not.toBe(pairingCode(ADDRESS.replace('a1', 'a2')).path);
  });
});

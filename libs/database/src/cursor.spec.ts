import { describe, expect, it } from '@jest/globals';
import { decodeCursor, encodeCursor } from './cursor.js';
import { pageOf } from './page.js';

describe('cursor', () => {
  it('comes back as it went out', () => {
    for (const parts of [[1], ['2024-01-01T00:00:00Z', 'id'], [0.5, 'ü|,"'], []]) {
      expect(decodeCursor(encodeCursor(parts), parts.length)).toEqual(parts);
    }
  });

  it.each(['', 'x', encodeCursor([1, 2]), Buffer.from('{"a":1}').toString('base64url'), 'A'.repeat(600)])(
    'refuses %s with a way out',
    (text) => expect(() => decodeCursor(text, 1)).toThrow(/endCursor/),
  );

  it('tells whether more rows follow', () => {
    expect(pageOf([1, 2, 3], 2, (row) => [row])).toMatchObject({ rows: [1, 2], hasNext: true });
    expect(pageOf([1, 2], 2, (row) => [row]).hasNext).toBe(false);
  });
});

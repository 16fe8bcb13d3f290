import { describe, expect, it } from '@jest/globals';
import { StandardMerkleTree } from '@openzeppelin/merkle-tree';
import { createHash, createHmac } from 'node:crypto';
import { disclosure, disclosureLeaf, disclosureSecret, verifyDisclosed } from './disclosure.js';
import { keccak256, sha256Hex, toHex } from './hex.js';
import type { JsonObject } from './json.js';

const secret = new Uint8Array(32).fill(7);
const event: JsonObject = {
  type: 'ObjectEvent',
  epcList: ['https://id.gs1.org/01/09521141012345/21/1', 'https://id.gs1.org/01/09521141012345/21/2'],
  quantityList: [],
  'example:a/b': { '~c': 1.5, flag: true, none: null },
};

describe('disclosure', () => {
  it('lists every scalar and every empty array or object by JSON pointer', () => {
    expect(disclosure(event, secret).entries.map(({ path, value }) => [path, value])).toEqual([
      ['/type', 'ObjectEvent'],
      ['/epcList/0', 'https://id.gs1.org/01/09521141012345/21/1'],
      ['/epcList/1', 'https://id.gs1.org/01/09521141012345/21/2'],
      ['/quantityList', []],
      ['/example:a~1b/~0c', 1.5],
      ['/example:a~1b/flag', true],
      ['/example:a~1b/none', null],
    ]);
  });

  it('proves each field alone', () => {
    const shown = disclosure(event, secret);
    for (const [index, entry] of shown.entries.entries()) {
      expect(verifyDisclosed(shown.root, entry, shown.proof(index))).toBe(true);
    }
  });

  it('rejects a field whose value, path, salt or root is another', () => {
    const shown = disclosure(event, secret);
    for (const [index, entry] of shown.entries.entries()) {
      const proof = shown.proof(index);
      expect(verifyDisclosed(shown.root, { ...entry, value: 'forged' }, proof)).toBe(false);
      expect(verifyDisclosed(shown.root, { ...entry, path: `${entry.path}x` }, proof)).toBe(false);
      expect(verifyDisclosed(shown.root, { ...entry, salt: sha256Hex(secret) }, proof)).toBe(false);
      expect(verifyDisclosed(sha256Hex(secret), entry, proof)).toBe(false);
    }
  });

  it('tells a number from the same digits as text', () => {
    const salt = sha256Hex(secret);
    expect(disclosureLeaf({ path: '/a', value: 1, salt })).not.toBe(
      disclosureLeaf({ path: '/a', value: '1', salt }),
    );
  });

  it('salts a field with HMAC-SHA256 of its path', () => {
    const expected = createHmac('sha256', secret).update('/type').digest();
    expect(disclosure(event, secret).entries[0]?.salt).toBe(toHex(expected));
  });

  it('has the leaves of OpenZeppelin StandardMerkleTree over digests of path and value, and the salt', () => {
    const shown = disclosure(event, secret);
    const digest = (text: string): string => `0x${createHash('sha256').update(text).digest('hex')}`;
    const rows = shown.entries.map(({ path, value, salt }) => [
      digest(path),
      digest(JSON.stringify(value)),
      salt,
    ]);
    expect(shown.root).toBe(StandardMerkleTree.of(rows, ['bytes32', 'bytes32', 'bytes32']).root);
  });

  it('derives another secret when the hash id or the canonical digest is another', () => {
    const a = keccak256(new Uint8Array([1]));
    const b = keccak256(new Uint8Array([2]));
    const secrets = [
      disclosureSecret(secret, a, a),
      disclosureSecret(secret, a, b),
      disclosureSecret(secret, b, a),
    ];
    expect(new Set(secrets.map(toHex)).size).toBe(3);
  });

  it('refuses an empty object, half a surrogate pair, infinities and bottomless nesting', () => {
    expect(() => disclosure({}, secret)).toThrow('at least one leaf');
    expect(() => disclosure({ a: '\ud800' }, secret)).toThrow('surrogate');
    expect(() => disclosure({ a: Number.POSITIVE_INFINITY }, secret)).toThrow('not JSON');
    let nested: JsonObject = { end: 1 };
    for (let level = 0; level < 100; level++) nested = { nested };
    expect(() => disclosure(nested, secret)).toThrow('64 levels');
  });
});

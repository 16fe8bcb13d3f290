import { describe, expect, it } from '@jest/globals';
import { flipBit } from '../../test/block-kit.js';
import { seeded } from '../../test/mutate.js';
import { toHex } from '../hex.js';
import { buildTrie, indexKey, indexTrie } from './build-trie.js';
import { provenValue } from './verify-trie.js';

const text = (value: string): Uint8Array => new TextEncoder().encode(value);
const bytes = (random: () => number, length: number): Uint8Array =>
  Uint8Array.from({ length }, () => Math.floor(random() * 256));

describe('Merkle-Patricia trie', () => {
  it('has the root of the known example of four words', () => {
    const entries = { do: 'verb', dog: 'puppy', doge: 'coin', horse: 'stallion' };
    const trie = buildTrie(Object.entries(entries).map(([key, value]) => [text(key), text(value)]));
    expect(trie.root).toBe('0x5991bb8c6514148a29db676a14ac506cd2cd5775ace63c30a4fe457715e9ac84');
    for (const [key, value] of Object.entries(entries))
      expect(provenValue(trie.root, text(key), trie.proof(text(key)))).toEqual(text(value));
  });

  it('has the same root whatever the order of the entries', () => {
    const random = seeded(4);
    const entries = Array.from({ length: 50 }, () => [bytes(random, 3), bytes(random, 8)] as const);
    expect(buildTrie(entries).root).toBe(buildTrie([...entries].reverse()).root);
  });

  it('proves every value of tries of 1 to 300 values, long and short', () => {
    const random = seeded(5);
    for (const size of [1, 2, 3, 16, 17, 127, 128, 129, 300]) {
      const values = Array.from({ length: size }, () => bytes(random, 1 + Math.floor(random() ** 2 * 200)));
      const trie = indexTrie(values);
      for (const [index, value] of values.entries())
        expect(provenValue(trie.root, indexKey(index), trie.proof(indexKey(index)))).toEqual(value);
    }
  });

  it('refuses another key, and any bit turned in a node or in the root', () => {
    const random = seeded(6);
    const trie = indexTrie(Array.from({ length: 200 }, () => bytes(random, 60)));
    const key = indexKey(77);
    const proof = trie.proof(key);
    for (const other of [0, 76, 78, 199, 200, 1_000])
      expect(() => provenValue(trie.root, indexKey(other), proof)).toThrow();
    for (let round = 0; round < 200; round++) {
      const at = Math.floor(random() * proof.length);
      const turned = proof.with(at, flipBit(proof[at]!, Math.floor(random() * 8 * 500)));
      expect(() => provenValue(trie.root, key, turned)).toThrow('a node is not the one');
    }
    expect(() => provenValue(flipBit(trie.root, 9), key, proof)).toThrow('a node is not the one');
  });

  it('refuses nodes swapped, missing or left over', () => {
    const trie = indexTrie(
      Array.from({ length: 200 }, (_, index) => text(`value number ${index}`.repeat(3))),
    );
    const key = indexKey(130);
    const proof = trie.proof(key);
    expect(proof.length).toBeGreaterThan(2);
    expect(() => provenValue(trie.root, key, [...proof].reverse())).toThrow();
    expect(() => provenValue(trie.root, key, proof.slice(0, -1))).toThrow('a node is missing');
    expect(() => provenValue(trie.root, key, [...proof, proof[0]!])).toThrow('1 nodes more');
    expect(() => provenValue(trie.root, key, [])).toThrow('a node is missing');
  });

  it('refuses no entries, a key twice, an empty value and a key that is not there', () => {
    const one = text('one');
    expect(() => buildTrie([])).toThrow('needs entries');
    expect(() => buildTrie([[one, new Uint8Array()]])).toThrow('each a value');
    expect(() =>
      buildTrie([
        [one, one],
        [one, text('two')],
      ]),
    ).toThrow('twice');
    expect(() => buildTrie([[one, one]]).proof(text('two'))).toThrow(`no entry under ${toHex(text('two'))}`);
  });
});

import { describe, expect, it } from '@jest/globals';
import { createHash, createHmac } from 'node:crypto';
import { disclosure } from './disclosure.js';
import { disclosureRoot } from './disclosure-root.js';
import type { JsonObject, JsonValue } from './json.js';
import { keccak256, toHex } from './hex.js';
import { Hasher, MAX_TEXT_BYTES } from './wasm/hasher.js';

const secret = Uint8Array.from({ length: 32 }, (_, index) => index * 7 + 1);

/** Numbers that look random, the same at every run (Park and Miller). */
function sequence(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

function randomJson(next: (below: number) => number, depth: number): JsonValue {
  const kind = next(depth > 3 ? 4 : 7);
  if (kind === 0) return next(1_000_000) / 1_000 - 500;
  if (kind === 1) return [true, false, null][next(3)]!;
  if (kind < 4) return 'aé€😀/~"\\\u0001 z'.repeat(next(12)).slice(0, next(90)).toWellFormed();
  const items = Array.from({ length: next(6) }, () => randomJson(next, depth + 1));
  if (kind === 4) return items;
  return Object.fromEntries(items.map((item, index) => [`key~/${'k'.repeat(next(40))}${index}`, item]));
}

describe('disclosureRoot', () => {
  it('equals the root of disclosure for documents of every shape', () => {
    const next = sequence(20_261_123);
    for (let round = 0; round < 300; round++) {
      const document: JsonObject = { first: 1, rest: randomJson(next, 0), more: randomJson(next, 0) };
      expect(disclosureRoot(document, secret)).toBe(disclosure(document, secret).root);
    }
  });

  it('equals it around every border of a block and for a text beyond its memory', () => {
    for (const length of [0, 1, 54, 55, 56, 63, 64, 65, 118, 119, 120, 127, 128, 1_000, MAX_TEXT_BYTES]) {
      const document = { text: 'x'.repeat(length), [`p${'y'.repeat(length)}`]: 1 };
      expect(disclosureRoot(document, secret)).toBe(disclosure(document, secret).root);
    }
  });

  it('equals it for secrets shorter and longer than a block', () => {
    for (const length of [1, 31, 64, 65, 200]) {
      const key = new Uint8Array(length).fill(length);
      expect(disclosureRoot({ a: 1, b: [2, 3] }, key)).toBe(disclosure({ a: 1, b: [2, 3] }, key).root);
    }
  });

  it('carries nothing from one document to the next', () => {
    const document = { a: 'x'.repeat(200), b: 2 };
    const before = disclosureRoot(document, secret);
    disclosureRoot({ c: 'y'.repeat(500) }, new Uint8Array(32).fill(9));
    expect(disclosureRoot(document, secret)).toBe(before);
  });

  it('refuses what disclosure refuses', () => {
    expect(() => disclosureRoot({}, secret)).toThrow('at least one leaf');
    expect(() => disclosureRoot({ a: '\ud800' }, secret)).toThrow('surrogate');
    expect(() => disclosureRoot({ a: Number.NaN }, secret)).toThrow('not JSON');
  });
});

describe('Hasher', () => {
  it('hashes a pair as Keccak-256 does', () => {
    const hasher = new Hasher();
    for (let fill = 0; fill < 256; fill++) {
      const pair = new Uint8Array(64).fill(fill, fill % 64);
      expect(toHex(hasher.pair(pair))).toBe(keccak256(pair));
    }
  });

  it('makes the leaf of a field from SHA-256 and HMAC as OpenSSL computes them', () => {
    const hasher = new Hasher();
    hasher.setKey(secret);
    const leaf = new Uint8Array(40);
    expect(hasher.leaf('/a/0', '"é"', leaf, 8)).toBe(true);
    const parts = [
      createHash('sha256').update('/a/0').digest(),
      createHash('sha256').update('"é"').digest(),
      createHmac('sha256', secret).update('/a/0').digest(),
    ];
    const inner = Buffer.from(keccak256(Buffer.concat(parts)).slice(2), 'hex');
    expect(toHex(leaf.subarray(8))).toBe(keccak256(inner));
  });
});

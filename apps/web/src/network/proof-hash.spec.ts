import { describe, expect, it } from '@jest/globals';
import { eventLeaf, merkleTree } from '@tallyhouse/proofs';
import { leafOf, rootOf } from './proof-hash.js';
import type { Hex } from './types.js';

const bytes32 = (digit: string): Hex => `0x${digit.repeat(64)}`;
const parts = {
  jcsSha256: bytes32('2'),
  disclosureRoot: bytes32('3'),
  submitter: `0x${'4'.repeat(40)}` as Hex,
};
const leaf = leafOf({
  ...parts,
  eventHashId: bytes32('1'),
  recordTimeSeconds: '1772366400',
});

describe('proof hashes of the browser', () => {
  it('make the same leaf as the library that makes the batches', () => {
    expect(leaf).toBe(eventLeaf({ ...parts, eventHashId: bytes32('1'), recordTime: 1_772_366_400n }));
  });

  it('lead every leaf of a batch to the root', () => {
    const leaves = [leaf, ...['5', '6', '7', '8'].map(bytes32)];
    const tree = merkleTree(leaves);
    for (const [index, one] of leaves.entries()) expect(rootOf(one, tree.proof(index))).toBe(tree.root);
  });

  it('lead elsewhere when one value of the path is changed', () => {
    const tree = merkleTree([leaf, bytes32('5'), bytes32('6')]);
    expect(rootOf(leaf, [...tree.proof(0).slice(0, -1), bytes32('9')])).not.toBe(tree.root);
  });
});

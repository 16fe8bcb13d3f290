import { describe, expect, it } from '@jest/globals';
import { SimpleMerkleTree } from '@openzeppelin/merkle-tree';
import { fromHex, sha256Hex, type Hex } from './hex.js';
import { merkleRoot, merkleTree, verifyMerkleProof } from './merkle.js';

const leaf = (seed: number): Hex =>
  sha256Hex(new Uint8Array([seed & 255, (seed >> 8) & 255, (seed >> 16) & 255]));
const leavesFrom = (seed: number, count: number): Hex[] =>
  Array.from({ length: count }, (_, i) => leaf(seed * 1009 + i));

function flipBit(hex: Hex, bit: number): Hex {
  const digit = 2 + (bit >> 2);
  const flipped = (Number.parseInt(hex[digit]!, 16) ^ (1 << (bit & 3))).toString(16);
  return `0x${hex.slice(2, digit)}${flipped}${hex.slice(digit + 1)}`;
}

describe('merkle tree', () => {
  it('has the root and the proofs of OpenZeppelin SimpleMerkleTree for every size from 1 to 300', () => {
    for (let size = 1; size <= 300; size++) {
      const leaves = leavesFrom(size, size);
      const ours = merkleTree(leaves);
      const theirs = SimpleMerkleTree.of(leaves);
      expect(ours.root).toBe(theirs.root);
      const index = (size * 7919) % size;
      expect(ours.proof(index)).toEqual(theirs.getProof(index));
    }
  }, 120_000);

  it('proves every leaf by its place in the list it was given', () => {
    for (const size of [1, 2, 3, 5, 64, 100, 257]) {
      const leaves = leavesFrom(size, size);
      const tree = merkleTree(leaves);
      for (const [index, own] of leaves.entries()) {
        expect(verifyMerkleProof(tree.root, own, tree.proof(index))).toBe(true);
        expect(SimpleMerkleTree.verify(tree.root, own, tree.proof(index))).toBe(true);
      }
    }
  });

  it('has the same root made in turns, and lets others work between them', async () => {
    for (const size of [1, 2, 255, 20_000]) {
      const leaves = leavesFrom(size, size);
      const words = Buffer.concat(leaves.map((own) => fromHex(own)));
      let pauses = 0;
      expect(await merkleRoot(words, async () => void (pauses += 1))).toBe(merkleTree(leaves).root);
      expect(pauses).toBe(size === 1 ? 0 : Math.ceil((size - 1) / 8_192));
    }
    await expect(merkleRoot(new Uint8Array(), async () => undefined)).rejects.toThrow('at least one leaf');
  });

  it('accepts leaves that repeat, and leaves that begin alike', async () => {
    const leaves = [leaf(1), leaf(1), leaf(2)];
    const tree = merkleTree(leaves);
    expect(tree.root).toBe(SimpleMerkleTree.of(leaves).root);
    const alike = [9, 3, 7, 3, 1].map((end): Hex => `${leaf(4).slice(0, -1) as Hex}${end}`);
    const words = Buffer.concat([...leaves, ...alike].map((own) => fromHex(own)));
    expect(await merkleRoot(words, async () => undefined)).toBe(merkleTree([...leaves, ...alike]).root);
    expect(leaves.every((own, index) => verifyMerkleProof(tree.root, own, tree.proof(index)))).toBe(true);
  });

  it('rejects any flipped bit of leaf, proof or root', () => {
    for (const size of [1, 2, 9, 33, 300]) {
      const leaves = leavesFrom(size, size);
      const tree = merkleTree(leaves);
      const index = size >> 1;
      const proof = tree.proof(index);
      for (let bit = 0; bit < 256; bit += 5) {
        expect(verifyMerkleProof(tree.root, flipBit(leaves[index]!, bit), proof)).toBe(false);
        expect(verifyMerkleProof(flipBit(tree.root, bit), leaves[index]!, proof)).toBe(false);
        const step = bit % Math.max(proof.length, 1);
        if (proof.length > 0) {
          expect(
            verifyMerkleProof(tree.root, leaves[index]!, proof.with(step, flipBit(proof[step]!, bit))),
          ).toBe(false);
        }
      }
    }
  });

  it('rejects a proof that is cut, lengthened or belongs to another leaf', () => {
    const leaves = leavesFrom(4, 50);
    const tree = merkleTree(leaves);
    const proof = tree.proof(10);
    expect(verifyMerkleProof(tree.root, leaves[10]!, proof.slice(1))).toBe(false);
    expect(verifyMerkleProof(tree.root, leaves[10]!, proof.slice(0, -1))).toBe(false);
    expect(verifyMerkleProof(tree.root, leaves[10]!, [...proof, leaf(99)])).toBe(false);
    expect(verifyMerkleProof(tree.root, leaves[11]!, proof)).toBe(false);
  });

  it('answers false, not an error, to malformed hex', () => {
    const tree = merkleTree([leaf(1), leaf(2)]);
    expect(verifyMerkleProof(tree.root, '0x12', tree.proof(0))).toBe(false);
    expect(verifyMerkleProof(tree.root, leaf(1), ['nonsense'])).toBe(false);
    expect(verifyMerkleProof('0xzz', leaf(1), tree.proof(0))).toBe(false);
  });

  it('refuses no leaves, short leaves and an index outside the list', () => {
    expect(() => merkleTree([])).toThrow('at least one leaf');
    expect(() => merkleTree(['0x1234'])).toThrow('expected 32 bytes');
    expect(() => merkleTree([leaf(1)]).proof(1)).toThrow('no leaf 1');
    expect(() => merkleTree([leaf(1)]).proof(-1)).toThrow('no leaf -1');
  });
});

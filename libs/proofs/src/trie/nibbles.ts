import { ProofInputError } from '../proofs.errors.js';

/** Each byte as its two half bytes, high one first. */
export function nibblesOf(bytes: Uint8Array): Uint8Array {
  const nibbles = new Uint8Array(2 * bytes.length);
  bytes.forEach((byte, index) => nibbles.set([byte >> 4, byte & 15], 2 * index));
  return nibbles;
}

/** The path of a short node as it is stored: half bytes with a flag for leaf and for odd length before them. */
export function packPath(path: Uint8Array, isLeaf: boolean): Uint8Array {
  const odd = path.length % 2;
  const flag = (isLeaf ? 2 : 0) + odd;
  const packed = new Uint8Array((path.length - odd) / 2 + 1);
  packed[0] = flag * 16 + (odd === 1 ? path[0]! : 0);
  for (let at = odd; at < path.length; at += 2)
    packed[(at + odd) / 2 + 1 - odd] = path[at]! * 16 + path[at + 1]!;
  return packed;
}

/** Reads such a path. @throws ProofInputError `TRIE` for a flag or filling that cannot be */
export function unpackPath(packed: Uint8Array): { path: Uint8Array; isLeaf: boolean } {
  const nibbles = nibblesOf(packed);
  const flag = nibbles[0];
  if (flag === undefined || flag > 3 || (flag % 2 === 0 && nibbles[1] !== 0)) {
    throw new ProofInputError('TRIE', 'a trie node with a path that cannot be');
  }
  return { path: nibbles.subarray(flag % 2 === 1 ? 1 : 2), isLeaf: flag >= 2 };
}

/** How many half bytes two paths share at their start. */
export function sharedLength(a: Uint8Array, b: Uint8Array): number {
  const limit = Math.min(a.length, b.length);
  let shared = 0;
  while (shared < limit && a[shared] === b[shared]) shared += 1;
  return shared;
}

import { fromHex, WORD_BYTES, type Hex } from '@tallyhouse/proofs';

/** Leaves as bytes, one after the other. */
export function joinLeaves(leaves: readonly Hex[]): Uint8Array {
  const bytes = new Uint8Array(WORD_BYTES * leaves.length);
  leaves.forEach((leaf, at) => bytes.set(fromHex(leaf, WORD_BYTES), WORD_BYTES * at));
  return bytes;
}

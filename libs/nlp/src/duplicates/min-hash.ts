import { mix32 } from './hash.js';

/** Values in a signature. */
export const SIGNATURE_LENGTH = 128;
/** Bands of a signature: two texts of Jaccard similarity s share a band with probability 1 - (1 - s⁴)³². */
export const BANDS = 32;
const ROWS_A_BAND = SIGNATURE_LENGTH / BANDS;

/**
 * MinHash signature (Broder 1997): of each of 128 seeded orders of all 32-bit words, the first member of the set. Equal
 * positions of two signatures are an unbiased estimate of the Jaccard similarity, standard error at most 0.044.
 *
 * @param members a set of hashes, not empty
 * @param seed chooses the orders; signatures of different seeds cannot be compared
 */
export function minHashSignature(members: Uint32Array, seed = 1): Uint32Array {
  const signature = new Uint32Array(SIGNATURE_LENGTH).fill(0xffffffff);
  for (let order = 0; order < SIGNATURE_LENGTH; order += 1) {
    const key = mix32(Math.imul(seed, 0x9e3779b9) + order + 1);
    let least = 0xffffffff;
    for (let i = 0; i < members.length; i += 1) {
      const rank = mix32(members[i]! ^ key);
      if (rank < least) least = rank;
    }
    signature[order] = least;
  }
  return signature;
}

/** Estimate of the Jaccard similarity from two signatures of one seed. */
export function estimatedJaccard(a: Uint32Array, b: Uint32Array): number {
  let equal = 0;
  for (let i = 0; i < SIGNATURE_LENGTH; i += 1) if (a[i] === b[i]) equal += 1;
  return equal / SIGNATURE_LENGTH;
}

/** One signed 32-bit key a band, the band's number mixed in: texts that share a key are candidates. */
export function bandKeys(signature: Uint32Array): Int32Array {
  const keys = new Int32Array(BANDS);
  for (let band = 0; band < BANDS; band += 1) {
    let key = mix32(band + 1);
    for (let row = 0; row < ROWS_A_BAND; row += 1) key = mix32(key ^ signature[band * ROWS_A_BAND + row]!);
    keys[band] = key;
  }
  return keys;
}

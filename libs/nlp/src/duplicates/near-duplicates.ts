import { DisjointSets } from './disjoint-sets.js';
import { bandKeys, minHashSignature } from './min-hash.js';
import { jaccard, shingles } from './shingles.js';

export interface NearDuplicateOptions {
  /** Words in a shingle; 3 unless given. */
  readonly shingleSize?: number;
  /** Jaccard similarity of shingles from which on two texts are near-duplicates; 0.5 unless given. */
  readonly threshold?: number;
  /** Seed of the signatures; 1 unless given. */
  readonly seed?: number;
}

/** Similarity from which on two texts count as one story told twice. */
export const NEAR_DUPLICATE_THRESHOLD = 0.5;
export const SHINGLE_SIZE = 3;
/** Members of a band that a text is compared with: a boilerplate of thousands of equal texts stays linear. */
const MAX_COMPARED_A_BAND = 16;

/**
 * Groups near-duplicates: candidates by MinHash bands (Leskovec, Rajaraman, Ullman, ch. 3), each checked by exact
 * Jaccard similarity, groups closed transitively. Deterministic.
 *
 * @returns for each text the index of the first text of its group; its own index when it stands alone. Texts without
 * words stand alone.
 * @example nearDuplicateGroups(['a b c d', 'x y z', 'a b c d']) // Int32Array [0, 1, 0]
 */
export function nearDuplicateGroups(
  texts: readonly string[],
  options: NearDuplicateOptions = {},
): Int32Array {
  const { shingleSize = SHINGLE_SIZE, threshold = NEAR_DUPLICATE_THRESHOLD, seed = 1 } = options;
  const sets = texts.map((text) => shingles(text, shingleSize));
  const groups = new DisjointSets(texts.length);
  const bands = new Map<number, number[]>();
  for (const [index, set] of sets.entries()) {
    if (set.length === 0) continue;
    for (const key of bandKeys(minHashSignature(set, seed))) {
      const members = bands.get(key) ?? [];
      bands.set(key, members);
      for (const other of members) {
        if (groups.find(other) === groups.find(index)) continue;
        if (jaccard(set, sets[other]!) >= threshold) groups.union(index, other);
      }
      if (members.length < MAX_COMPARED_A_BAND) members.push(index);
    }
  }
  return Int32Array.from(texts, (_, index) => groups.find(index));
}

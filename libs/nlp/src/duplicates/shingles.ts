import { fnv1a, mix32 } from './hash.js';

const WORD = /[\p{L}\p{N}]+/gu;

/** Words of a text for comparison: lower case, letters and digits only, NFKC. */
export function comparisonWords(text: string): string[] {
  return text.normalize('NFKC').toLowerCase().match(WORD) ?? [];
}

/**
 * Hashes of the runs of `size` words of a text, ascending, each once. A text of fewer words gives one run of all its
 * words; a text without words gives none.
 *
 * @example shingles('recall of ground beef', 3).length // 2
 */
export function shingles(text: string, size: number): Uint32Array {
  const words = comparisonWords(text);
  if (words.length === 0) return new Uint32Array(0);
  const runs = Math.max(1, words.length - size + 1);
  const hashes = new Uint32Array(runs);
  for (let run = 0; run < runs; run += 1) {
    let hash: number | undefined;
    for (const word of words.slice(run, run + size)) hash = fnv1a(' ', fnv1a(word, hash));
    hashes[run] = mix32(hash ?? 0);
  }
  hashes.sort();
  return hashes.filter((hash, index) => index === 0 || hash !== hashes[index - 1]);
}

/** Share of common members of two ascending sets: |A ∩ B| / |A ∪ B|; 0 when either is empty. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  let common = 0;
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const difference = a[i]! - b[j]!;
    if (difference === 0) common += 1;
    if (difference <= 0) i += 1;
    if (difference >= 0) j += 1;
  }
  return common === 0 ? 0 : common / (a.length + b.length - common);
}

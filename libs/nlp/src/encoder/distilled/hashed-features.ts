import { float32, int64, type Tensors } from '@tallyhouse/compute';
import { fnv1a, mix32 } from '../../duplicates/hash.js';
import { termsOf } from '../../features/feature-space.js';
import { countTerms } from '../../features/tf-idf.js';
import { wordsOf } from '../../features/words.js';

/** Rows of the table that words and pairs of words are hashed into. */
export const BUCKETS = 4_096;
/** Terms of a text that are read; what follows does not count. */
const MOST_TERMS = 512;

/**
 * Texts as the network reads them: stems and pairs hashed into buckets (Weinberger et al. 2009), each counted as
 * 1 + ln(count), scaled to length 1. Unused slots are bucket 0 with value 0.
 */
export function hashedInputs(texts: readonly string[]): Tensors {
  const rows = texts.map((text) => [...countTerms(termsOf(wordsOf(text), ''))].slice(0, MOST_TERMS));
  const slots = rows.reduce((most, row) => Math.max(most, row.length), 1);
  const features = new BigInt64Array(texts.length * slots);
  const values = new Float32Array(texts.length * slots);
  rows.forEach((row, at) => {
    const weights = row.map(([, count]) => 1 + Math.log(count));
    const length = Math.hypot(...weights) || 1;
    row.forEach(([term], slot) => {
      features[at * slots + slot] = BigInt(mix32(fnv1a(term)) % BUCKETS);
      values[at * slots + slot] = weights[slot]! / length;
    });
  });
  const dims = [texts.length, slots];
  return { features: int64(dims, features), values: float32(dims, values) };
}

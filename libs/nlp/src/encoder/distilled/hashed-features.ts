import { float32, int64, type Tensors } from '@tallyhouse/compute';
import { fnv1a, mix32 } from '../../duplicates/hash.js';
import { termsOf } from '../../features/feature-space.js';
import { countTerms } from '../../features/tf-idf.js';
import { wordsOf } from '../../features/words.js';

/** Rows of the table that words and pairs of words are hashed into. */
export const BUCKETS = 8_192;
/** Terms of a text that are read; what follows does not count. */
const MOST_TERMS = 512;

/** A term of a text: its row of the table, and 1 + ln of how often it stands there. */
export type HashedTerm = readonly [bucket: number, weight: number];

/** Stems and pairs of stems of a text, hashed into rows (Weinberger et al. 2009). */
export function hashedTerms(text: string): HashedTerm[] {
  return [...countTerms(termsOf(wordsOf(text), ''))]
    .slice(0, MOST_TERMS)
    .map(([term, count]) => [mix32(fnv1a(term)) % BUCKETS, 1 + Math.log(count)]);
}

const lengthOf = (terms: readonly HashedTerm[]): number =>
  Math.hypot(...terms.map(([, weight]) => weight)) || 1;

/** Texts as the network reads them: rows and weights scaled to length 1. Unused slots are row 0 with value 0. */
export function hashedInputs(texts: readonly string[]): Tensors {
  const rows = texts.map(hashedTerms);
  const slots = rows.reduce((most, row) => Math.max(most, row.length), 1);
  const features = new BigInt64Array(texts.length * slots);
  const values = new Float32Array(texts.length * slots);
  rows.forEach((row, at) => {
    const length = lengthOf(row);
    row.forEach(([bucket, weight], slot) => {
      features[at * slots + slot] = BigInt(bucket);
      values[at * slots + slot] = weight / length;
    });
  });
  const dims = [texts.length, slots];
  return { features: int64(dims, features), values: float32(dims, values) };
}

/** The same as one dense row of {@link BUCKETS} numbers a text: what training reads, since its gradient is one product. */
export function denseInputs(rows: readonly (readonly HashedTerm[])[]): Tensors {
  const bags = new Float32Array(rows.length * BUCKETS);
  rows.forEach((row, at) => {
    const length = lengthOf(row);
    for (const [bucket, weight] of row) bags[at * BUCKETS + bucket]! += weight / length;
  });
  return { bags: float32([rows.length, BUCKETS], bags) };
}

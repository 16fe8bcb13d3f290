import { sparseVector, type SparseVector } from './sparse.js';

/** Which terms count and how much; learned from training texts only. */
export interface TermSpace {
  /** Terms in order of their first letters, by code unit; the place of a term is its index. */
  readonly terms: readonly string[];
  readonly indexOf: ReadonlyMap<string, number>;
  /** Training texts that each term stands in, and training texts in all. */
  readonly frequencies: readonly number[];
  readonly documents: number;
  /** Inverse document frequency, smoothed: ln((1 + n) / (1 + df)) + 1. */
  readonly idf: Float64Array;
}

export interface TermSpaceOptions {
  /** Training texts that a term must stand in. */
  readonly minDocuments: number;
  /** Terms at most, those of most texts first; all unless given. */
  readonly mostTerms?: number;
}

/** How often each term stands in a text. */
export function countTerms(terms: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
}

/** @param documents counts of each training text */
export function fitTermSpace(
  documents: readonly ReadonlyMap<string, number>[],
  { minDocuments, mostTerms = Infinity }: TermSpaceOptions,
): TermSpace {
  const frequency = new Map<string, number>();
  for (const counts of documents)
    for (const term of counts.keys()) frequency.set(term, (frequency.get(term) ?? 0) + 1);
  const byCodeUnit = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
  const terms = [...frequency]
    .filter(([, count]) => count >= minDocuments)
    .sort(([a, countA], [b, countB]) => countB - countA || byCodeUnit(a, b))
    .slice(0, mostTerms)
    .map(([term]) => term)
    .sort(byCodeUnit);
  return termSpace(
    terms,
    terms.map((term) => frequency.get(term)!),
    documents.length,
  );
}

/**
 * A term space from what is stored of it.
 *
 * @param frequencies texts that each term stands in
 * @param documents texts in all
 */
export function termSpace(
  terms: readonly string[],
  frequencies: readonly number[],
  documents: number,
): TermSpace {
  const idf = Float64Array.from(frequencies, (count) => Math.log((1 + documents) / (1 + count)) + 1);
  return { terms, frequencies, documents, idf, indexOf: new Map(terms.map((term, index) => [term, index])) };
}

/**
 * TF-IDF of one text, scaled to length 1 (Salton and Buckley 1988); terms outside the space are left out.
 *
 * @param sublinear count as 1 + ln(count)
 */
export function tfIdf(
  counts: ReadonlyMap<string, number>,
  space: TermSpace,
  sublinear: boolean,
): SparseVector {
  const entries: [number, number][] = [];
  let squares = 0;
  for (const [term, count] of counts) {
    const index = space.indexOf.get(term);
    if (index === undefined) continue;
    const value = (sublinear ? 1 + Math.log(count) : count) * space.idf[index]!;
    squares += value * value;
    entries.push([index, value]);
  }
  const length = Math.sqrt(squares) || 1;
  return sparseVector(entries.map(([index, value]) => [index, value / length]));
}

import { stem } from '../features/stem.js';
import { wordsOf } from '../features/words.js';
import { seededUniform } from './seeded.js';

/** Where the words of one collection of texts stand: words that are used with the same words stand close. */
export interface WordSpace {
  /** Stems, those of most texts first. */
  readonly words: readonly string[];
  /** Numbers of each word. */
  readonly dimensions: number;
  /** Numbers of all words, one word after the other. */
  readonly vectors: Float32Array;
}

/** Directions that are kept; more subjects than these share directions. */
const DIMENSIONS = 32;
/** Words that are kept, those of most texts first. */
const MOST_WORDS = 8_000;
/** A word of fewer texts is used with nothing twice. */
const LEAST_TEXTS = 2;
const ROUNDS = 12;
/**
 * Steps of the walk from text to word to text: what few steps connect counts for less than what all ways lead to, so that two ways
 * to say a thing stand together. Chosen on worlds that no figure is reported of (experiments/nlp-trends).
 */
const STEPS = 5;

/** A text as places of its words and how much each counts. */
type Row = readonly (readonly [word: number, weight: number])[];

/**
 * Learns from which words are used together, as spectral co-clustering does (Dhillon 2001): the largest singular vectors
 * of the texts' weighed words, both sides scaled by their sums, each direction by what a walk of some steps leaves of it
 * (diffusion maps: Coifman, Lafon 2006). Deterministic for a seed.
 */
export function fitWordSpace(texts: readonly string[], seed: number): WordSpace {
  const documents = texts.map(stemsOf);
  const { words, idf } = vocabularyOf(documents);
  const place = new Map(words.map((word, at) => [word, at]));
  const rows = documents.map((document) => rowOf(document, place, idf)).filter((row) => row.length > 0);
  const sums = new Float64Array(words.length);
  for (const row of rows) for (const [word, weight] of row) sums[word]! += weight;
  const scaled = rows.map((row): Row => {
    const own = row.reduce((sum, [, weight]) => sum + weight, 0);
    return row.map(([word, weight]) => [word, weight / Math.sqrt(own * sums[word]!)]);
  });
  const dimensions = Math.max(0, Math.min(DIMENSIONS, words.length - 1));
  const directions = singularVectors(scaled, sums, dimensions, seed);
  const vectors = new Float32Array(words.length * dimensions);
  directions.forEach(({ value, vector }, at) => {
    for (let word = 0; word < words.length; word += 1)
      vectors[word * dimensions + at] =
        (idf[word]! * vector[word]! * value ** STEPS) / Math.sqrt(sums[word]!);
  });
  return { words, dimensions, vectors };
}

/** Places vectors of texts by the words that they have; texts without a known word are put nowhere (zeros). */
export function wordPlacer({ words, dimensions, vectors }: WordSpace): (text: string) => Float32Array {
  const place = new Map(words.map((word, at) => [word, at * dimensions]));
  return (text) => {
    const sum = new Float32Array(dimensions);
    for (const word of stemsOf(text)) {
      const from = place.get(word);
      if (from === undefined) continue;
      for (let i = 0; i < dimensions; i += 1) sum[i]! += vectors[from + i]!;
    }
    const norm = Math.hypot(...sum);
    return norm === 0 ? sum : sum.map((value) => value / norm);
  };
}

const stemsOf = (text: string): Set<string> => new Set(wordsOf(text).map(({ folded }) => stem(folded)));

function vocabularyOf(documents: readonly ReadonlySet<string>[]): { words: string[]; idf: Float64Array } {
  const uses = new Map<string, number>();
  for (const document of documents) for (const word of document) uses.set(word, (uses.get(word) ?? 0) + 1);
  const kept = [...uses]
    // A word of every text tells none from another.
    .filter(([, texts]) => texts >= LEAST_TEXTS && texts < documents.length)
    .sort(([a, usesA], [b, usesB]) => usesB - usesA || (a < b ? -1 : 1))
    .slice(0, MOST_WORDS);
  return {
    words: kept.map(([word]) => word),
    idf: Float64Array.from(kept, ([, texts]) => Math.log(documents.length / texts)),
  };
}

function rowOf(document: ReadonlySet<string>, place: ReadonlyMap<string, number>, idf: Float64Array): Row {
  const known = [...document].flatMap((word) => place.get(word) ?? []);
  const length = Math.hypot(...known.map((word) => idf[word]!));
  return known.map((word) => [word, idf[word]! / length]);
}

interface Direction {
  readonly value: number;
  readonly vector: Float64Array;
}

/** The largest right singular vectors by orthogonal iteration, without the first, which is the square root of the sums. */
function singularVectors(rows: readonly Row[], sums: Float64Array, count: number, seed: number): Direction[] {
  const uniform = seededUniform(seed);
  const first = sums.map(Math.sqrt);
  let vectors = orthonormal(
    Array.from({ length: count }, () => sums.map(() => uniform() - 0.5)),
    first,
  );
  for (let round = 0; round < ROUNDS; round += 1)
    vectors = orthonormal(
      vectors.map((vector) => thereAndBack(rows, vector)),
      first,
    );
  return vectors.map((vector) => ({
    vector,
    value: Math.sqrt(rows.reduce((sum, row) => sum + along(row, vector) ** 2, 0)),
  }));
}

const along = (row: Row, vector: Float64Array): number =>
  row.reduce((sum, [word, weight]) => sum + weight * vector[word]!, 0);

function thereAndBack(rows: readonly Row[], vector: Float64Array): Float64Array {
  const back = new Float64Array(vector.length);
  for (const row of rows) {
    const told = along(row, vector);
    for (const [word, weight] of row) back[word]! += weight * told;
  }
  return back;
}

/** Gram and Schmidt, against `first` as well. */
function orthonormal(vectors: readonly Float64Array[], first: Float64Array): Float64Array[] {
  const done = [scaledToOne(first)];
  for (const vector of vectors) {
    const rest = vector.slice();
    for (const other of done) {
      const share = dot(rest, other);
      for (let i = 0; i < rest.length; i += 1) rest[i]! -= share * other[i]!;
    }
    done.push(scaledToOne(rest));
  }
  return done.slice(1);
}

const scaledToOne = (vector: Float64Array): Float64Array => {
  const norm = Math.sqrt(dot(vector, vector)) || 1;
  return vector.map((value) => value / norm);
};

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

import { float32, type Random, type Tensors } from '@tallyhouse/compute';
import { denseInputs, type HashedTerm } from './hashed-features.js';

/** Share of texts that a batch holds whole, twice. */
const WHOLE = 0.2;
/** Share of a text's terms that is in both of its halves. */
const IN_BOTH = 0.2;

/** What the student learns from. */
export interface Lesson {
  /** Terms of each text. */
  readonly terms: readonly (readonly HashedTerm[])[];
  /** The teacher's vector of each text. */
  readonly vectors: readonly Float32Array[];
  readonly dimensions: number;
}

type Halves = readonly [HashedTerm[], HashedTerm[]];

/** Two random halves of a text's terms: what is told in other words, or in fewer, means the same. */
function halvesOf(terms: readonly HashedTerm[], draws: Random): Halves {
  if (draws.uniform() < WHOLE) return [[...terms], [...terms]];
  const halves: Halves = [[], []];
  for (const term of terms) {
    const drawn = draws.uniform();
    if (drawn < 0.5 + IN_BOTH / 2) halves[0].push(term);
    if (drawn >= 0.5 - IN_BOTH / 2) halves[1].push(term);
  }
  return halves;
}

/** A square matrix with a 1 in each row, `shift` columns from the diagonal. */
function onesAt(rows: number, shift: number): Float32Array {
  const ones = new Float32Array(rows * rows);
  for (let row = 0; row < rows; row++) ones[row * rows + ((row + shift) % rows)] = 1;
  return ones;
}

/** `size` texts drawn at random, each as two rows that lie `size` apart; the teacher's vector is that of the whole text. */
export function drawBatch({ terms, vectors, dimensions }: Lesson, size: number, draws: Random): Tensors {
  const drawn = Array.from({ length: size }, () => draws.below(terms.length));
  const halves = drawn.map((text) => halvesOf(terms[text]!, draws));
  const rows = 2 * size;
  const teacher = new Float32Array(rows * dimensions);
  [...drawn, ...drawn].forEach((text, row) => teacher.set(vectors[text]!, row * dimensions));
  return {
    ...denseInputs([...halves.map(([half]) => half), ...halves.map(([, half]) => half)]),
    teacher: float32([rows, dimensions], teacher),
    partners: float32([rows, rows], onesAt(rows, size)),
    itself: float32([rows, rows], onesAt(rows, 0)),
  };
}

import { cosine } from '../sentence-encoder.strategy.js';

/** How a student did on texts that it did not learn from. */
export interface StudentFigures {
  /** Mean cosine of its vectors with the teacher's. */
  readonly meanCosine: number;
  /** The same of one vector for all texts, the mean of the teacher's: what a student must beat to have learned of texts. */
  readonly meanCosineOfMean: number;
  /** Share of texts whose vector lies nearer to the teacher's vector of that text than to that of any other. */
  readonly ownNearest: number;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

/**
 * Judges a student's vectors by its teacher's of the same texts. Texts of one kind are much alike to a sentence encoder:
 * a mean cosine of 0.75 may be that of no student at all, so it is told beside that of the mean vector.
 */
export function judgeStudent(
  wanted: readonly Float32Array[],
  found: readonly Float32Array[],
): StudentFigures {
  const middle = new Float32Array(wanted[0]?.length ?? 0).map((_, axis) =>
    mean(wanted.map((vector) => vector[axis]!)),
  );
  const length = Math.hypot(...middle) || 1;
  const centre = middle.map((value) => value / length);
  const isOwnNearest = (vector: Float32Array, index: number): boolean => {
    const own = cosine(vector, wanted[index]!);
    return wanted.every((other, at) => at === index || cosine(vector, other) < own);
  };
  return {
    meanCosine: mean(wanted.map((vector, at) => cosine(vector, found[at]!))),
    meanCosineOfMean: mean(wanted.map((vector) => cosine(vector, centre))),
    ownNearest: mean(found.map((vector, index) => (isOwnNearest(vector, index) ? 1 : 0))),
  };
}

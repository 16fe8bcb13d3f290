import { sparseVector } from '../features/sparse.js';
import { fitLogistic } from './logistic.js';

/** Turns a score into odds: `slope · score + shift[label]`. */
export interface Calibration {
  readonly slope: number;
  readonly shifts: readonly number[];
}

/** Strength of what is held before a held-out score is seen: slope 1, no shift. */
const INVERSE_PENALTY = 0.2;

/**
 * Platt's calibration (1999) of all labels together: one slope for all, a shift for each that is drawn to 0, so that a
 * label with three held-out texts is hardly moved. Fitted on scores of texts that the scorers did not learn from.
 *
 * @param scores one column a label
 * @param targets one column a label
 */
export function fitCalibration(scores: readonly Float64Array[], targets: readonly Uint8Array[]): Calibration {
  const labels = scores.length;
  const rows = scores.flatMap((column, label) =>
    [...column].map((score) =>
      sparseVector([
        [0, score],
        [label + 1, 1],
      ]),
    ),
  );
  const flat = Uint8Array.from(targets.flatMap((column) => [...column]));
  const priorMean = new Float64Array(labels + 1);
  priorMean[0] = 1;
  const fitted = fitLogistic({ rows, width: labels + 1 }, flat, {
    inversePenalty: INVERSE_PENALTY,
    priorMean,
  });
  // A slope of 0 or less would turn the order of scores around; then nothing was learned.
  const slope = fitted.weights[0]!;
  if (!(slope > 0.05)) return { slope: 1, shifts: scores.map(() => 0) };
  return { slope, shifts: Array.from(fitted.weights.subarray(1), (shift) => shift + fitted.bias) };
}

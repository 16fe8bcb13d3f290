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
 * How much of a score's log odds is left when it is used: texts to come are less like those that were learned from than
 * held-out texts, which lie right behind them. Chosen on splits inside the training part (experiments/nlp-classify).
 */
const AGEING = 0.8;

/**
 * Platt's calibration (1999) of all labels together: one slope for all, a shift for each that is drawn to 0, so that a
 * label with three held-out texts is hardly moved. Fitted on scores of texts that the scorers did not learn from.
 *
 * @param scores one column a label
 * @param targets one column a label
 * @param kept how much of the calibrated log odds is left, see {@link AGEING}
 */
export function fitCalibration(
  scores: readonly Float64Array[],
  targets: readonly Uint8Array[],
  kept = AGEING,
): Calibration {
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
  return {
    slope: kept * slope,
    shifts: Array.from(fitted.weights.subarray(1), (shift) => kept * (shift + fitted.bias)),
  };
}

/** How far probabilities are from frequencies. */
export interface CalibrationFigures {
  /** Expected calibration error over all pairs of a text and a label. */
  readonly ece: number;
  /** The same over each text's most likely label only, the harder figure. */
  readonly topLabelEce: number;
  /** Mean over labels of the error of that label's probabilities. */
  readonly classwiseEce: number;
  /** Mean squared distance of probability and outcome over all pairs. */
  readonly brier: number;
}

const BINS = 10;

/**
 * Expected calibration error (Naeini et al. 2015): pairs are put into ten bins of equal width by probability; the
 * error is the mean over pairs of |mean probability − frequency| of the pair's bin.
 */
export function expectedCalibrationError(
  pairs: readonly (readonly [probability: number, outcome: number])[],
): number {
  const bins = Array.from({ length: BINS }, () => ({ count: 0, probability: 0, outcome: 0 }));
  for (const [probability, outcome] of pairs) {
    const bin = bins[Math.min(BINS - 1, Math.floor(probability * BINS))]!;
    bin.count += 1;
    bin.probability += probability;
    bin.outcome += outcome;
  }
  return bins.reduce((sum, bin) => sum + Math.abs(bin.probability - bin.outcome), 0) / (pairs.length || 1);
}

/** Columns are labels. */
export function calibrationFigures(
  targets: readonly Uint8Array[],
  probabilities: readonly Float64Array[],
): CalibrationFigures {
  const byLabel = probabilities.map((column, label) =>
    [...column].map((probability, row) => [probability, targets[label]![row]!] as const),
  );
  const pairs = byLabel.flat();
  const texts = probabilities[0]?.length ?? 0;
  const top = Array.from({ length: texts }, (_, row) =>
    byLabel.map((column) => column[row]!).reduce((best, pair) => (pair[0] > best[0] ? pair : best)),
  );
  const errors = byLabel.map(expectedCalibrationError);
  return {
    ece: expectedCalibrationError(pairs),
    topLabelEce: expectedCalibrationError(top),
    classwiseEce: errors.reduce((sum, error) => sum + error, 0) / (errors.length || 1),
    brier:
      pairs.reduce((sum, [probability, outcome]) => sum + (probability - outcome) ** 2, 0) /
      (pairs.length || 1),
  };
}

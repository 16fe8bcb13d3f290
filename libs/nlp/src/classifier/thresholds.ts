/** Held-out texts that have the label at which its own best threshold and what it is drawn to count alike. */
const SHRINKAGE = { HALF_OF_F1: 60, ONE_HALF: 20 } as const;
/** The best F1 of a label with few texts is the best of many tries: it counts as if so many more texts had the usual one. */
const MORE_TEXTS = 5;
/** What a rare label usually reaches. */
const USUAL_F1 = 0.4;
const LOWEST = 0.1;
const HIGHEST = 0.9;

/** The threshold of the best F1, in the middle between the probabilities on its two sides. */
function bestThreshold(
  targets: Uint8Array,
  probabilities: Float64Array,
): { readonly threshold: number; readonly f1: number } {
  const order = [...probabilities.keys()].sort((a, b) => probabilities[b]! - probabilities[a]!);
  const positives = targets.reduce((sum, target) => sum + target, 0);
  let [hits, best, threshold] = [0, 0, 0.5];
  order.forEach((row, at) => {
    hits += targets[row]!;
    const next = probabilities[order[at + 1] ?? -1] ?? 0;
    if (next === probabilities[row]) return;
    const f1 = (2 * hits) / (at + 1 + positives);
    if (f1 > best) [best, threshold] = [f1, (probabilities[row]! + next) / 2];
  });
  return { threshold, f1: best };
}

/**
 * A threshold for each label from held-out probabilities: that of the best F1, drawn the more the fewer texts have
 * the label to half of the F1 to be expected, which is where it lies for true probabilities (Lipton, Elkan, Naryanaswamy
 * 2014), and kept from 0.1 to 0.9. So a rare label needs less than one half, also where its one held-out text was hit.
 *
 * @param drawnTo `ONE_HALF` where there are too few texts to know an F1 by
 */
export function chooseThresholds(
  targets: readonly Uint8Array[],
  probabilities: readonly Float64Array[],
  drawnTo: keyof typeof SHRINKAGE = 'HALF_OF_F1',
): number[] {
  return targets.map((column, label) => {
    const positives = column.reduce((sum, target) => sum + target, 0);
    const { threshold, f1 } = bestThreshold(column, probabilities[label]!);
    const shrinkage = SHRINKAGE[drawnTo];
    const middle = drawnTo === 'ONE_HALF' ? 0.5 : expectedF1(f1, positives) / 2;
    const drawn = (positives * threshold + shrinkage * middle) / (positives + shrinkage);
    return Math.min(HIGHEST, Math.max(LOWEST, drawn));
  });
}

/** The F1 to expect of later texts: never more than was reached. */
const expectedF1 = (f1: number, positives: number): number =>
  Math.min(f1, (positives * f1 + MORE_TEXTS * USUAL_F1) / (positives + MORE_TEXTS));

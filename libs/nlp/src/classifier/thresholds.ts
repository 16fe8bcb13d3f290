/** Held-out texts that have the label at which its own best threshold and 0.5 count alike. */
const SHRINKAGE = 20;
const LOWEST = 0.1;
const HIGHEST = 0.9;

/** The threshold of the best F1, in the middle between the probabilities on its two sides. */
function bestThreshold(targets: Uint8Array, probabilities: Float64Array): number {
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
  return threshold;
}

/**
 * A threshold for each label from held-out probabilities: that of the best F1, drawn to 0.5 the more the fewer texts
 * have the label, and kept from 0.1 to 0.9.
 */
export function chooseThresholds(
  targets: readonly Uint8Array[],
  probabilities: readonly Float64Array[],
): number[] {
  return targets.map((column, label) => {
    const positives = column.reduce((sum, target) => sum + target, 0);
    const best = bestThreshold(column, probabilities[label]!);
    const drawn = (positives * best + SHRINKAGE * 0.5) / (positives + SHRINKAGE);
    return Math.min(HIGHEST, Math.max(LOWEST, drawn));
  });
}

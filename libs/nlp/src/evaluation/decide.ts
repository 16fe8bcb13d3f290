/**
 * Decisions from probabilities: the labels that reach their threshold, else the one that comes nearest to it (the
 * most likely one where all thresholds are alike). Columns are labels.
 */
export function decide(
  probabilities: readonly Float64Array[],
  thresholds: readonly number[] = probabilities.map(() => 0.5),
): Uint8Array[] {
  const decisions = probabilities.map((column, label) =>
    Uint8Array.from(column, (probability) => (probability >= thresholds[label]! ? 1 : 0)),
  );
  const texts = probabilities[0]?.length ?? 0;
  for (let row = 0; row < texts; row++) {
    if (decisions.some((column) => column[row] === 1)) continue;
    const nearness = probabilities.map((column, label) => column[row]! / thresholds[label]!);
    const best = nearness.indexOf(Math.max(...nearness));
    if (best >= 0) decisions[best]![row] = 1;
  }
  return decisions;
}

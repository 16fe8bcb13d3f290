/** A value that counts as much as its weight. */
export interface Weighted {
  readonly value: number;
  readonly weight: number;
}

/** The least value up to which a share of the weight lies. */
export function quantile(values: readonly Weighted[], level: number): number {
  const sorted = [...values].sort((a, b) => a.value - b.value);
  const wanted = level * sorted.reduce((sum, { weight }) => sum + weight, 0);
  let sum = 0;
  for (const { value, weight } of sorted) {
    sum += weight;
    if (sum >= wanted) return value;
  }
  return sorted.at(-1)?.value ?? NaN;
}

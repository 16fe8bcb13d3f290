/** A negative binomial in units of demand. */
export interface CountDistribution {
  /** Mean demand a period, in units of the series; 0 or more. */
  readonly mean: number;
  /** Variance over mean, in counts; above 1. */
  readonly dispersion: number;
  /** What one count stands for, in units of the series. */
  readonly unit: number;
}

/** Counts beyond this are not summed one by one. */
const MOST_COUNTS = 2_000;
const LEAST_DISPERSION = 1.0001;

/** The unit in which demands are counted: 1 for whole numbers, else a part of the largest demand. */
export function countUnit(values: Float64Array): number {
  let most = 0;
  let whole = true;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    most = Math.max(most, value);
    whole &&= Number.isInteger(value);
  }
  return whole && most <= MOST_COUNTS / 4 ? 1 : Math.max(most / 100, Number.MIN_VALUE);
}

/** Variance over mean of the observed values, counted in `unit`; 1 where there is no demand. */
export function dispersionOf(values: Float64Array, unit: number): number {
  let [count, sum, squares] = [0, 0, 0];
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    count++;
    sum += value / unit;
    squares += (value / unit) ** 2;
  }
  if (!(sum > 0)) return 1;
  const mean = sum / count;
  return (squares / count - mean * mean) / mean;
}

/**
 * The least demand that is not exceeded with probability `level`: the quantile of a negative
 * binomial, which suits lumpy demand better than a shifted error distribution (Kolassa 2016).
 *
 * @param level inside (0, 1)
 */
export function countQuantile({ mean, dispersion, unit }: CountDistribution, level: number): number {
  const counts = mean / unit;
  if (!(counts > 1e-12)) return 0;
  const spread = Math.max(LEAST_DISPERSION, dispersion);
  const size = counts / (spread - 1);
  let chance = Math.exp(-size * Math.log(spread));
  let below = chance;
  let count = 0;
  while (below < level && count < MOST_COUNTS) {
    count++;
    chance *= ((count - 1 + size) / count) * (1 - 1 / spread);
    below += chance;
  }
  return count * unit;
}

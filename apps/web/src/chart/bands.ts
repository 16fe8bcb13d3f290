export interface Quantile {
  level: number;
  value: number;
}

export interface Interval {
  /** Share of outcomes expected inside, 0..1. */
  coverage: number;
  low: number;
  high: number;
}

/** Central intervals from symmetric pairs of quantile levels, widest first; unpaired levels give none. */
export function intervals(quantiles: readonly Quantile[]): Interval[] {
  const found: Interval[] = [];
  for (const lower of quantiles) {
    if (lower.level >= 0.5) continue;
    const upper = quantiles.find((other) => Math.abs(other.level - (1 - lower.level)) < 1e-9);
    if (!upper) continue;
    const coverage = Number((upper.level - lower.level).toFixed(6));
    found.push({
      coverage,
      low: Math.min(lower.value, upper.value),
      high: Math.max(lower.value, upper.value),
    });
  }
  return found.sort((a, b) => b.coverage - a.coverage);
}

/** `80%` of 0.8, `97.5%` of 0.975. */
export function coverageName(coverage: number): string {
  return `${Number((coverage * 100).toFixed(1))}%`;
}

/** The coverages that every point has, widest first, thinned to three: the widest, the one nearest 80 %, the narrowest. */
export function shownCoverages(points: readonly (readonly Interval[])[]): number[] {
  const first = points[0] ?? [];
  const common = first
    .map((one) => one.coverage)
    .filter((c) => points.every((p) => p.some((i) => i.coverage === c)));
  if (common.length <= 3) return common;
  const inner = common.slice(1, -1);
  const middle = inner.reduce((best, c) => (Math.abs(c - 0.8) < Math.abs(best - 0.8) ? c : best), inner[0]!);
  return [common[0]!, middle, common[common.length - 1]!];
}

import type { TrendPeriod } from './bursts.js';

/**
 * Where the share of a topic changes to stay: optimal partitioning (Jackson et al. 2005, with PELT's pruning, Killick et
 * al. 2012) under binomial likelihood; a change must be worth `penalty` × ln(periods) nats, 2 unless given.
 *
 * @returns the first period of each new level, ascending
 */
export function changePoints(periods: readonly TrendPeriod[], penalty = 2): number[] {
  const counts = [0];
  const totals = [0];
  for (const { count, total } of periods) {
    counts.push(counts.at(-1)! + count);
    totals.push(totals.at(-1)! + total);
  }
  const fee = penalty * Math.log(Math.max(2, periods.length));
  const costs = [-fee];
  const before = [0];
  let starts = [0];
  for (let end = 1; end <= periods.length; end += 1) {
    const tried = starts.map((start) => ({
      start,
      cost: costs[start]! + segmentCost(counts, totals, start, end),
    }));
    const best = tried.reduce((least, each) => (each.cost < least.cost ? each : least));
    costs[end] = best.cost + fee;
    before[end] = best.start;
    starts = [...tried.filter(({ cost }) => cost <= costs[end]!).map(({ start }) => start), end];
  }
  const found: number[] = [];
  for (let at = before[periods.length] ?? 0; at > 0; at = before[at]!) found.unshift(at);
  return found;
}

/** Negative log-likelihood of a stretch at its own share. */
function segmentCost(
  counts: readonly number[],
  totals: readonly number[],
  start: number,
  end: number,
): number {
  const count = counts[end]! - counts[start]!;
  const total = totals[end]! - totals[start]!;
  if (count === 0 || count === total) return 0;
  return -(count * Math.log(count / total) + (total - count) * Math.log(1 - count / total));
}

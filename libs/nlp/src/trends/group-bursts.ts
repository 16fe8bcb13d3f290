import { findBursts, type BurstOptions, type TrendPeriod } from './bursts.js';
import { falseDiscoveryRates } from './false-discovery.js';
import { FALSE_DISCOVERY_RATE, isEmerging, type SignificantBurst } from './topic-trends.js';

/** A burst of one topic, or of several that belong together. */
export interface GroupBurst {
  /** Indices of topics. */
  readonly members: readonly number[];
  readonly burst: SignificantBurst;
}

/**
 * Bursts of topics and of groups of topics, after the tree-based scan statistic (Kulldorff, Fang, Walsh 2003): each
 * group is looked at as if it were one topic; false discoveries are controlled over all groups (Benjamini–Hochberg,
 * whose tests are positively dependent here); of bursts that overlap in time, in groups of which one contains
 * the other, the most significant alone is reported.
 *
 * @param topics periods of each topic; totals are the same in all
 * @param groups indices of topics, as `topicGroups` gives them
 * @returns the most significant first
 */
export function groupBursts(
  topics: readonly (readonly TrendPeriod[])[],
  groups: readonly (readonly number[])[],
  options: BurstOptions = {},
): GroupBurst[] {
  const found = groups.map((members) => {
    const periods = sumOf(members.map((member) => topics[member]!));
    return { members, periods, bursts: findBursts(periods, options) };
  });
  const tests = found.flatMap(({ bursts }) => (bursts.length > 0 ? bursts.map(({ pValue }) => pValue) : [1]));
  const rates = falseDiscoveryRates(tests);
  let test = 0;
  const all = found.flatMap(({ members, periods, bursts }) => {
    if (bursts.length === 0) test += 1;
    return bursts.map((burst): GroupBurst => ({
      members,
      burst: { ...burst, qValue: rates[test++]!, emerging: isEmerging(periods, burst) },
    }));
  });
  return all
    .filter(({ burst }) => burst.qValue <= FALSE_DISCOVERY_RATE)
    .sort((a, b) => a.burst.pValue - b.burst.pValue || b.burst.weight - a.burst.weight)
    .reduce<GroupBurst[]>(
      (kept, each) => (kept.some((other) => isSame(other, each)) ? kept : [...kept, each]),
      [],
    );
}

function sumOf(series: readonly (readonly TrendPeriod[])[]): TrendPeriod[] {
  return (series[0] ?? []).map(({ total }, period) => ({
    count: series.reduce((sum, periods) => sum + periods[period]!.count, 0),
    total,
  }));
}

/** Groups of a tree contain one another or have nothing in common. */
function isSame(a: GroupBurst, b: GroupBurst): boolean {
  return (
    a.members.some((member) => b.members.includes(member)) &&
    a.burst.from <= b.burst.to &&
    b.burst.from <= a.burst.to
  );
}

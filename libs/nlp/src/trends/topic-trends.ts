import { changePoints } from './change-points.js';
import { findBursts, type Burst, type BurstOptions, type TrendPeriod } from './bursts.js';
import { falseDiscoveryRates } from './false-discovery.js';

/** Expected share of chance findings among bursts that are reported. */
export const FALSE_DISCOVERY_RATE = 0.05;

/** A burst that is significant among all topics looked at. */
export interface SignificantBurst extends Burst {
  readonly qValue: number;
  /** The topic was not spoken of before, or hardly: this burst is its beginning. */
  readonly emerging: boolean;
}

/** How a topic developed. */
export interface TopicTrend {
  readonly periods: readonly TrendPeriod[];
  readonly bursts: readonly SignificantBurst[];
  /** First periods of new levels of its share. */
  readonly changes: readonly number[];
}

/** Share of a topic's texts that may lie before the burst by which it emerges. */
const EMERGED_BEFORE = 0.1;

/**
 * Trends of topics looked at together: bursts with Benjamini–Hochberg control of false discoveries over all bursts of
 * all topics (topics without one count as tests of p = 1), and change points.
 */
export function topicTrends(
  topics: readonly (readonly TrendPeriod[])[],
  options: BurstOptions = {},
): TopicTrend[] {
  const found = topics.map((periods) => findBursts(periods, options));
  const tests = found.flatMap((bursts) => (bursts.length > 0 ? bursts.map(({ pValue }) => pValue) : [1]));
  const rates = falseDiscoveryRates(tests);
  let test = 0;
  return topics.map((periods, topic) => {
    const bursts = found[topic]!.map((burst) => ({
      ...burst,
      qValue: rates[test++]!,
      emerging: isEmerging(periods, burst),
    }));
    if (bursts.length === 0) test += 1;
    return {
      periods,
      bursts: bursts.filter(({ qValue }) => qValue <= FALSE_DISCOVERY_RATE),
      changes: changePoints(periods),
    };
  });
}

export function isEmerging(periods: readonly TrendPeriod[], burst: Burst): boolean {
  const before = periods.slice(0, burst.from).reduce((sum, { count }) => sum + count, 0);
  return burst.from > 0 && before <= EMERGED_BEFORE * burst.count;
}

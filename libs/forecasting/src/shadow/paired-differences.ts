import { seededRandom } from '@tallyhouse/compute';
import { differenceOf, type Difference, type Pair } from '../backtest/compare.js';
import { verdictOf, type ComparisonLine } from '../backtest/read-comparison.js';

/** Measures in which a candidate is held against what ran; less is better. */
export const SHADOW_MEASURES = ['mase', 'smape'] as const;

export type ShadowMeasure = (typeof SHADOW_MEASURES)[number];

/** Sums of one series over the forecasts of one data and period that both versions made and that were scored. */
export interface SeriesPairs {
  readonly seriesId: string;
  /** Pairs; of those `scaled` have a scale above 0. */
  readonly count: number;
  readonly scaled: number;
  readonly smape: { readonly candidate: number; readonly running: number };
  /** Absolute errors over the scale. */
  readonly mase: { readonly candidate: number; readonly running: number };
}

/** One measure of a candidate less that of what ran, on the same forecasts. */
export interface PairedDifference {
  readonly measure: ShadowMeasure;
  readonly series: number;
  readonly candidate: number;
  readonly running: number;
  readonly difference: number;
  /** Ends of the interval; null for fewer series than can bound anything. */
  readonly low: number | null;
  readonly high: number | null;
  readonly verdict: ComparisonLine['verdict'];
}

/** A bootstrap over fewer series is narrow because it sees little, not because it knows much. */
const FEWEST_SERIES = 5;
const SEED = 1;

/**
 * Holds a candidate against what ran. The interval is that of a backtest's comparison: a percentile bootstrap over series. It
 * says how much series differ, not how much one month differs from the next.
 *
 * @example pairedDifferences([])  // []
 */
export function pairedDifferences(series: readonly SeriesPairs[]): PairedDifference[] {
  const sorted = series.toSorted((one, other) => (one.seriesId < other.seriesId ? -1 : 1));
  return SHADOW_MEASURES.flatMap((measure) => {
    const pairs = sorted.map((one) => pairOf(one, measure)).filter(({ count }) => count > 0);
    if (pairs.length === 0) return [];
    return [{ measure, series: pairs.length, ...bounded(differenceOf(pairs, seededRandom(SEED)), pairs) }];
  });
}

function pairOf(series: SeriesPairs, measure: ShadowMeasure): Pair {
  const { candidate, running } = series[measure];
  return { count: measure === 'mase' ? series.scaled : series.count, old: running, next: candidate };
}

function bounded(found: Difference, pairs: readonly Pair[]): Omit<PairedDifference, 'measure' | 'series'> {
  const { incumbent: running, candidate, difference, low, high } = found;
  if (pairs.length < FEWEST_SERIES)
    return { running, candidate, difference, low: null, high: null, verdict: 'UNDECIDED' };
  return { running, candidate, difference, low, high, verdict: verdictOf(found) };
}

import { seededRandom } from '@tallyhouse/compute';
import { differenceOf, type Difference, type Pair } from '../backtest/compare.js';
import { verdictOf, type ComparisonLine } from '../backtest/read-comparison.js';

/** Measures in which a candidate is held against what ran; less is better. */
export const SHADOW_MEASURES = ['mase', 'smape'] as const;

export type ShadowMeasure = (typeof SHADOW_MEASURES)[number];

/** Of more series than this some are drawn together, so that an interval costs the same however many there are. */
export const MOST_DRAWN = 1_000;

/**
 * Sums of one series over the forecasts of one data and period that both versions made and that were scored; of a group of series where there
 * are more than {@link MOST_DRAWN}. Which series share a group must have nothing to do with their errors.
 */
export interface SeriesPairs {
  /** Its number in the order of ids. */
  readonly unit: number;
  /** How many series; of those `scaledSeries` have a forecast with a scale above 0. */
  readonly series: number;
  readonly scaledSeries: number;
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
 * Holds a candidate against what ran. The interval is that of a backtest's comparison: a percentile bootstrap over series, or over random
 * groups of them where they are many. It says how much series differ, not how much one month differs from the next.
 *
 * @example pairedDifferences([])  // []
 */
export function pairedDifferences(series: readonly SeriesPairs[]): PairedDifference[] {
  const sorted = series.toSorted((one, other) => one.unit - other.unit);
  return SHADOW_MEASURES.flatMap((measure) => {
    const pairs = sorted.map((one) => pairOf(one, measure)).filter(({ count }) => count > 0);
    if (pairs.length === 0) return [];
    const counted = sorted.reduce((sum, one) => sum + one[measure === 'mase' ? 'scaledSeries' : 'series'], 0);
    return [{ measure, series: counted, ...bounded(differenceOf(pairs, seededRandom(SEED)), pairs) }];
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

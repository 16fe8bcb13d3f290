import type { Random } from '@tallyhouse/compute';
import { ForecastingError } from '../forecasting.errors.js';
import type { Backtest } from './backtest.js';
import type { SeriesScore } from './series-score.js';

/** Errors in which two models are compared; less is better. */
export const COMPARED = ['mase', 'smape', 'crps'] as const;

export type ComparedMeasure = (typeof COMPARED)[number];

/** One measure of two models on the same forecasts; null where no forecast has it. */
export interface Difference {
  readonly incumbent: number;
  readonly candidate: number;
  /** Candidate less incumbent: below zero the candidate is better. */
  readonly difference: number;
  /** Ends of the interval of the difference. */
  readonly low: number;
  readonly high: number;
}

/** Two models beside each other in one group of series. */
export interface GroupComparison {
  readonly series: number;
  readonly measures: Readonly<Partial<Record<ComparedMeasure, Difference>>>;
}

/** A candidate beside the model that runs, on the same series, origins and steps. */
export interface ModelComparison {
  readonly incumbent: string;
  readonly candidate: string;
  /** Share of the intervals, 0.9. */
  readonly confidence: number;
  readonly resamples: number;
  readonly overall: GroupComparison;
  readonly groups: Readonly<Record<string, GroupComparison>>;
}

export interface CompareOptions {
  readonly incumbent: string;
  readonly candidate: string;
  readonly groupOf: (seriesId: string) => string;
  readonly rng: Random;
}

/** Share of the intervals of differences. */
export const CONFIDENCE = 0.9;
const RESAMPLES = 1_000;

/**
 * Compares two models of one backtest, overall and in each group of series. The interval is a percentile bootstrap over series:
 * forecasts of one series at several origins are not independent and are drawn together, both models' always in pairs.
 *
 * @throws {ForecastingError} INVALID_OPTIONS when a label is not of the backtest
 */
export function compareModels(result: Backtest, options: CompareOptions): ModelComparison {
  const { incumbent, candidate, groupOf, rng } = options;
  for (const label of [incumbent, candidate])
    if (!result.models.includes(label))
      throw new ForecastingError('INVALID_OPTIONS', `${label} is not among ${result.models.join(', ')}`);
  const ofModel = (model: string): Map<string, SeriesScore[]> =>
    Map.groupBy(
      result.scores.filter((score) => score.model === model),
      ({ id }) => id,
    );
  const [olds, news] = [ofModel(incumbent), ofModel(candidate)];
  const ids = [...olds.keys()].sort();
  const compare = (chosen: readonly string[]): GroupComparison => ({
    series: chosen.length,
    measures: Object.fromEntries(
      COMPARED.flatMap((measure) => {
        const pairs = chosen.flatMap((id) => pairOf(olds.get(id)!, news.get(id) ?? [], measure) ?? []);
        return pairs.length === 0 ? [] : [[measure, differenceOf(pairs, rng)]];
      }),
    ),
  });
  const groups = [...new Set(ids.map(groupOf))].sort();
  return {
    ...{ incumbent, candidate, confidence: CONFIDENCE, resamples: RESAMPLES, overall: compare(ids) },
    groups: Object.fromEntries(
      groups.map((group) => [group, compare(ids.filter((id) => groupOf(id) === group))]),
    ),
  };
}

/** Sums of a series over the forecasts that both models have. */
export interface Pair {
  readonly count: number;
  readonly old: number;
  readonly next: number;
}

function pairOf(
  olds: readonly SeriesScore[],
  news: readonly SeriesScore[],
  measure: ComparedMeasure,
): Pair | undefined {
  const byOrigin = new Map(news.map((score) => [score.origin, score[measure]]));
  let [count, old, next] = [0, 0, 0];
  for (const score of olds) {
    const other = byOrigin.get(score.origin) ?? NaN;
    if (!Number.isFinite(score[measure]) || !Number.isFinite(other)) continue;
    count += 1;
    old += score[measure];
    next += other;
  }
  return count === 0 ? undefined : { count, old, next };
}

/** The difference of two models over series, with its interval: series are drawn, both models' forecasts in pairs. */
export function differenceOf(pairs: readonly Pair[], rng: Random): Difference {
  const mean = (of: (pair: Pair) => number): number =>
    pairs.reduce((sum, pair) => sum + of(pair), 0) / pairs.reduce((sum, { count }) => sum + count, 0);
  const [incumbent, candidate] = [mean(({ old }) => old), mean(({ next }) => next)];
  const drawn = Float64Array.from({ length: RESAMPLES }, () => resampled(pairs, rng)).sort();
  const tail = (1 - CONFIDENCE) / 2;
  return {
    incumbent: plain(incumbent),
    candidate: plain(candidate),
    difference: plain(candidate - incumbent),
    low: plain(drawn[Math.floor(tail * (RESAMPLES - 1))]!),
    high: plain(drawn[Math.ceil((1 - tail) * (RESAMPLES - 1))]!),
  };
}

function resampled(pairs: readonly Pair[], rng: Random): number {
  let [count, sum] = [0, 0];
  for (let draw = 0; draw < pairs.length; draw++) {
    const pair = pairs[rng.below(pairs.length)]!;
    count += pair.count;
    sum += pair.next - pair.old;
  }
  return sum / count;
}

const plain = (value: number): number => Number(value.toPrecision(12));

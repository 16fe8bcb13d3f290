import { PHRASE_VALUE, type FeatureSpace } from '../features/feature-space.js';
import type { SparseVector } from '../features/sparse.js';
import { dot } from '../features/sparse.js';
import { balancedWeights, fitLogistic, type LinearScore } from './logistic.js';

/** What is chosen by time-ordered validation; plain JSON. */
export interface ClassifierSettings {
  /** Inverse strength of the penalty, C. */
  readonly inversePenalty: number;
  /** Odds, as a logarithm, that one phrase of the guide adds before a text is seen. */
  readonly evidenceWeight: number;
  /** Years after which a training text counts half; null: all count alike. */
  readonly halfLifeYears: number | null;
  /** How far rare labels are lifted: 0 not at all, 1 until both sides count alike. */
  readonly balance: number;
}

/** Odds, as a logarithm, of a label that no training text has. */
const UNSEEN_BIAS = -5;
const MS_A_YEAR = 365.25 * 86_400_000;

/** Weight of each text by its age against the newest, with mean 1. */
export function ageWeights(dates: readonly string[], halfLifeYears: number | null): Float64Array {
  if (halfLifeYears === null) return new Float64Array(dates.length).fill(1);
  const times = dates.map((date) => Date.parse(date));
  const newest = Math.max(...times);
  const weights = Float64Array.from(times, (time) => 0.5 ** ((newest - time) / MS_A_YEAR / halfLifeYears));
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return weights.map((weight) => weight / mean);
}

function priorMean(space: FeatureSpace, label: number, settings: ClassifierSettings): Float64Array {
  const mean = new Float64Array(space.width);
  if (space.matcher.phrases.length > 0)
    mean[space.width - space.labels.length + label] = settings.evidenceWeight / PHRASE_VALUE;
  return mean;
}

/**
 * One logistic regression a label. Weights of the guide's evidence are drawn to what the guide says, all others to 0:
 * a label with few examples stands on its meaning, one with many on its examples.
 *
 * @param columns for each label one 0 or 1 a row
 */
export function fitOneVsRest(
  rows: readonly SparseVector[],
  columns: readonly Uint8Array[],
  dates: readonly string[],
  space: FeatureSpace,
  settings: ClassifierSettings,
): LinearScore[] {
  const age = ageWeights(dates, settings.halfLifeYears);
  return columns.map((targets, label) => {
    const mean = priorMean(space, label, settings);
    if (!targets.includes(1)) return { weights: mean, bias: UNSEEN_BIAS };
    return fitLogistic({ rows, width: space.width }, targets, {
      inversePenalty: settings.inversePenalty,
      rowWeights: targets.includes(0) ? balancedWeights(targets, settings.balance, age) : age,
      priorMean: mean,
      tolerance: 1e-2,
    });
  });
}

/** Scores of rows, one column a label. */
export function scoresOf(rows: readonly SparseVector[], scores: readonly LinearScore[]): Float64Array[] {
  return scores.map(({ weights, bias }) => Float64Array.from(rows, (row) => dot(row, weights) + bias));
}

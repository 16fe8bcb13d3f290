import { familiarity, featuresOf, type FeatureSpace } from '../features/feature-space.js';
import { dot } from '../features/sparse.js';
import type { LabelGuide } from './label-guide.js';
import { sigmoid, type LinearScore } from './logistic.js';

/** All that labelling a text needs. Plain numbers: the same text gives the same answer on every machine. */
export interface TextModel {
  readonly labels: readonly string[];
  readonly space: FeatureSpace;
  readonly guide: LabelGuide;
  /** Calibrated odds of each label, as logarithms. */
  readonly scores: readonly LinearScore[];
  /** Probability from which on a text has the label. */
  readonly thresholds: readonly number[];
  /** A text less familiar than this is of another domain. */
  readonly leastFamiliarity: number;
}

export interface LabelProbability {
  readonly label: string;
  /** Calibrated, 0 to 1. */
  readonly probability: number;
  readonly threshold: number;
}

/**
 * - `LABELLED`: at least one label reaches its threshold.
 * - `UNSURE`: none does; `labels` is empty and the most likely one stands first in `probabilities`.
 * - `OUT_OF_DOMAIN`: the text is unlike anything the model learned from; it gets no label.
 */
export type Answer = 'LABELLED' | 'UNSURE' | 'OUT_OF_DOMAIN';

export interface Classification {
  readonly answer: Answer;
  readonly labels: readonly string[];
  /** All labels, the most likely first. */
  readonly probabilities: readonly LabelProbability[];
  /** 0 to 1: how much of what the text says was in the training texts. */
  readonly familiarity: number;
}

/** Calibrated probabilities of a text, in the order of the model's labels. */
export function probabilitiesOf(model: TextModel, text: string): number[] {
  const { vector } = featuresOf(text, model.space);
  return model.scores.map(({ weights, bias }) => sigmoid(dot(vector, weights) + bias));
}

/**
 * Labels a text, or says that it cannot.
 *
 * @example
 * classify(model, 'Firm recalls beef that may be contaminated with E. coli').labels // ['Product Contamination']
 */
export function classify(model: TextModel, text: string): Classification {
  const { words, vector } = featuresOf(text, model.space);
  const familiar = familiarity(words, model.space);
  const probabilities = model.labels
    .map((label, index) => ({
      label,
      probability: sigmoid(dot(vector, model.scores[index]!.weights) + model.scores[index]!.bias),
      threshold: model.thresholds[index]!,
    }))
    .sort((a, b) => b.probability - a.probability);
  if (familiar < model.leastFamiliarity)
    return { answer: 'OUT_OF_DOMAIN', labels: [], probabilities, familiarity: familiar };
  const labels = probabilities
    .filter(({ probability, threshold }) => probability >= threshold)
    .map(({ label }) => label);
  return { answer: labels.length > 0 ? 'LABELLED' : 'UNSURE', labels, probabilities, familiarity: familiar };
}

import { calibrationFigures, type CalibrationFigures } from '../evaluation/calibration-error.js';
import { decide } from '../evaluation/decide.js';
import { multiLabelFigures, type MultiLabelFigures } from '../evaluation/metrics.js';
import { featuresOf, fitFeatureSpace } from '../features/feature-space.js';
import { NlpError } from '../nlp.errors.js';
import { fitCalibration, type Calibration } from './calibration.js';
import type { LabelGuide } from './label-guide.js';
import { targetsOf, type LabelledText } from './labelled-text.js';
import { sigmoid, type LinearScore } from './logistic.js';
import { fitOneVsRest, type ClassifierSettings } from './one-vs-rest.js';
import { DEFAULT_SETTINGS, selectSettings, type Tried } from './select-settings.js';
import type { TextModel } from './text-model.js';
import { chooseThresholds } from './thresholds.js';
import { forwardValidation, type HeldOut } from './validation.js';

export interface TrainedTextModel {
  readonly model: TextModel;
  readonly settings: ClassifierSettings;
  /** All settings tried in validation; empty where there were too few texts to choose by. */
  readonly tried: readonly Tried[];
  readonly calibration: Calibration;
  /** Figures on held-out texts of the training part, after calibration and thresholds that were chosen on them. */
  readonly heldOut: { readonly texts: number } & MultiLabelFigures & CalibrationFigures;
}

const FEWEST_TEXTS = 16;
/** With fewer texts the settings are not chosen but the defaults. */
const FEWEST_TO_CHOOSE = 200;
/** Share of held-out texts of the same kind that may be called of another domain. */
const FALSE_ALARMS = 0.01;
const MOST_LABELS = 200;

function checked(texts: readonly LabelledText[]): readonly string[] {
  const { labels } = targetsOf(texts);
  if (texts.length < FEWEST_TEXTS || labels.length < 1) {
    throw new NlpError(
      'TOO_FEW_TEXTS',
      `${texts.length} labelled texts with ${labels.length} labels: at least ${FEWEST_TEXTS} with one label are needed`,
    );
  }
  if (labels.length > MOST_LABELS)
    throw new NlpError(
      'TOO_FEW_TEXTS',
      `${labels.length} labels: at most ${MOST_LABELS} are learned at once`,
    );
  return labels;
}

function quantile(values: readonly number[], level: number): number {
  const ordered = values.toSorted((a, b) => a - b);
  return ordered[Math.floor(level * (ordered.length - 1))] ?? 0;
}

/** Odds after calibration, rounded to what the artifact stores, so that both give the same answers. */
function calibrated(scores: readonly LinearScore[], { slope, shifts }: Calibration): LinearScore[] {
  return scores.map(({ weights, bias }, label) => ({
    weights: weights.map((weight) => Math.fround(slope * weight)),
    bias: Math.fround(slope * bias + shifts[label]!),
  }));
}

/** What the held-out texts decide: settings, calibration, thresholds. */
function judged(labels: readonly string[], heldOut: HeldOut, size: number) {
  const isFew = size < FEWEST_TO_CHOOSE;
  const { settings, tried } = isFew
    ? { settings: DEFAULT_SETTINGS, tried: [] }
    : selectSettings(labels, heldOut);
  const scores = heldOut.scores(settings);
  const calibration = isFew
    ? fitCalibration(scores, heldOut.targets, 1)
    : fitCalibration(scores, heldOut.targets);
  const probabilities = scores.map((column, label) =>
    column.map((score) => sigmoid(calibration.slope * score + calibration.shifts[label]!)),
  );
  const thresholds = chooseThresholds(heldOut.targets, probabilities, isFew ? 'ONE_HALF' : 'HALF_OF_F1');
  const decisions = decide(probabilities, thresholds);
  const figures = {
    texts: heldOut.texts.length,
    ...multiLabelFigures(labels, heldOut.targets, decisions, probabilities),
    ...calibrationFigures(heldOut.targets, probabilities),
  };
  return { settings, tried, calibration, thresholds, figures };
}

/**
 * Trains a text model. Settings, calibration, thresholds and the limit of the domain are chosen on texts of the
 * training part that were held out forward in time ({@link forwardValidation}); then all texts are learned from.
 * Deterministic.
 *
 * @throws NlpError `TOO_FEW_TEXTS`
 */
export function trainTextModel(texts: readonly LabelledText[], guide: LabelGuide): TrainedTextModel {
  const labels = checked(texts);
  const ordered = texts.toSorted((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
  const heldOut = forwardValidation(ordered, labels, guide);
  const { settings, tried, calibration, thresholds, figures } = judged(labels, heldOut, ordered.length);
  const space = fitFeatureSpace(
    ordered.map(({ text }) => text),
    labels,
    guide,
  );
  const rows = ordered.map(({ text }) => featuresOf(text, space).vector);
  const dates = ordered.map(({ date }) => date);
  const scores = fitOneVsRest(rows, targetsOf(ordered, labels).columns, dates, space, settings);
  const model = {
    labels,
    space,
    guide,
    scores: calibrated(scores, calibration),
    thresholds,
    leastFamiliarity: quantile(heldOut.familiarity, FALSE_ALARMS),
  };
  return { model, settings, tried, calibration, heldOut: figures };
}

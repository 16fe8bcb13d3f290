import type { LabelGuide } from '../classifier/label-guide.js';
import { targetsOf, type LabelledText } from '../classifier/labelled-text.js';
import { classify, probabilitiesOf, type TextModel } from '../classifier/text-model.js';
import { trainTextModel, type TrainedTextModel } from '../classifier/train.js';
import { baselineProbabilities, type LabelProbabilities } from './baseline.js';
import { calibrationFigures, type CalibrationFigures } from './calibration-error.js';
import { decide } from './decide.js';
import { multiLabelFigures, type MultiLabelFigures } from './metrics.js';
import { timeSplit } from './time-split.js';

/** Figures of one way to label, on the evaluated part. */
export type MethodFigures = MultiLabelFigures & CalibrationFigures & { readonly trainingSeconds: number };

export interface Evaluation {
  readonly trainingTexts: number;
  readonly evaluatedTexts: number;
  /** Training texts left out because a near-duplicate is judged. */
  readonly nearDuplicatesLeftOut: number;
  readonly labels: readonly string[];
  readonly model: MethodFigures & {
    readonly textsPerSecond: number;
    /** Share of evaluated texts that the model calls of another domain; they are scored like the others. */
    readonly outOfDomain: number;
    readonly guide: string;
  };
  readonly trained: TrainedTextModel;
  /** Null when it was not asked for. */
  readonly baseline: MethodFigures | null;
}

export interface EvaluateOptions {
  readonly splitDate: string;
  /** Takes a part of the training texts, as few-shot figures do; all unless given. */
  readonly draw?: (training: readonly LabelledText[]) => readonly LabelledText[];
  readonly guide: LabelGuide;
  readonly withBaseline?: boolean;
  readonly keepNearDuplicates?: boolean;
  /** A monotonic clock, milliseconds; it times and nothing else. */
  readonly nowMs: () => number;
}

/** Labels that only evaluated texts have get probability 0: nothing could be learned of them. */
function figuresOf(
  evaluated: readonly LabelledText[],
  labels: readonly string[],
  found: LabelProbabilities,
  thresholds?: readonly number[],
): MultiLabelFigures & CalibrationFigures {
  const columns = labels.map((label) => {
    const at = found.labels.indexOf(label);
    return at < 0 ? new Float64Array(evaluated.length) : found.columns[at]!;
  });
  const limits = labels.map((label) => thresholds?.[found.labels.indexOf(label)] ?? 0.5);
  const targets = targetsOf(evaluated, labels).columns;
  return {
    ...multiLabelFigures(labels, targets, decide(columns, limits), columns),
    ...calibrationFigures(targets, columns),
  };
}

function modelProbabilities(model: TextModel, evaluated: readonly LabelledText[]): LabelProbabilities {
  const rows = evaluated.map(({ text }) => probabilitiesOf(model, text));
  const columns = model.labels.map((_, label) => Float64Array.from(rows, (row) => row[label]!));
  return { labels: model.labels, columns };
}

/** Texts are labelled over and over until this many were, so that the rate is no accident of a start. */
const TIMED_TEXTS = 2_000;

function textsPerSecond(model: TextModel, evaluated: readonly LabelledText[], nowMs: () => number): number {
  const begin = nowMs();
  for (let at = 0; at < TIMED_TEXTS; at++) classify(model, evaluated[at % evaluated.length]!.text);
  return Math.round((TIMED_TEXTS * 1_000) / (nowMs() - begin));
}

/**
 * Trains on texts before a date and judges on texts from it on, beside the baseline on the same split. Nothing is
 * chosen on the evaluated part.
 */
export function evaluateTexts(texts: readonly LabelledText[], options: EvaluateOptions): Evaluation {
  const { splitDate, guide, withBaseline = true, nowMs } = options;
  const { training: all, evaluated, leftOut } = timeSplit(texts, splitDate, options);
  const training = options.draw?.(all) ?? all;
  const { labels } = targetsOf([...training, ...evaluated]);
  const timed = <T>(work: () => T): [T, number] => {
    const begin = nowMs();
    const result = work();
    return [result, (nowMs() - begin) / 1_000];
  };
  const [trained, trainingSeconds] = timed(() => trainTextModel(training, guide));
  const { model } = trained;
  const outside = evaluated.filter(({ text }) => classify(model, text).answer === 'OUT_OF_DOMAIN').length;
  let baseline: MethodFigures | null = null;
  if (withBaseline) {
    const [found, seconds] = timed(() =>
      baselineProbabilities(
        training,
        evaluated.map(({ text }) => text),
      ),
    );
    baseline = { ...figuresOf(evaluated, labels, found), trainingSeconds: seconds };
  }
  return {
    trainingTexts: training.length,
    evaluatedTexts: evaluated.length,
    nearDuplicatesLeftOut: leftOut,
    labels,
    model: {
      ...figuresOf(evaluated, labels, modelProbabilities(model, evaluated), model.thresholds),
      trainingSeconds,
      textsPerSecond: textsPerSecond(model, evaluated, nowMs),
      outOfDomain: outside / (evaluated.length || 1),
      guide: guide.name,
    },
    trained,
    baseline,
  };
}

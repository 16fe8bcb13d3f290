import { familiarity, fitFeatureSpace, featuresOf } from '../features/feature-space.js';
import type { LabelGuide } from './label-guide.js';
import type { LabelledText } from './labelled-text.js';
import { targetsOf } from './labelled-text.js';
import { fitOneVsRest, scoresOf, type ClassifierSettings } from './one-vs-rest.js';
import type { FeatureSpace } from '../features/feature-space.js';
import type { SparseVector } from '../features/sparse.js';

/** A block of texts, and features learned from all texts before it. */
interface Block {
  readonly space: FeatureSpace;
  readonly dates: readonly string[];
  readonly rows: readonly SparseVector[];
  readonly columns: readonly Uint8Array[];
  readonly heldOutRows: readonly SparseVector[];
  readonly heldOut: readonly LabelledText[];
  readonly familiarity: readonly number[];
}

/** Held-out scores of a training part. */
export interface HeldOut {
  readonly texts: readonly LabelledText[];
  readonly targets: readonly Uint8Array[];
  /** How familiar each text was to what was learned before it. */
  readonly familiarity: readonly number[];
  /** For each of `settings` asked for, one column a label. */
  scores(settings: ClassifierSettings): Float64Array[];
}

/** Shares of the texts in order of time at which blocks begin; the last one ends at 1. */
const CUTS = [0.5, 0.6, 0.7, 0.8, 0.9, 1] as const;

function blockOf(
  texts: readonly LabelledText[],
  [from, to]: readonly [number, number],
  labels: readonly string[],
  guide: LabelGuide,
): Block {
  const seen = texts.slice(0, from);
  const heldOut = texts.slice(from, to);
  const space = fitFeatureSpace(
    seen.map(({ text }) => text),
    labels,
    guide,
  );
  const featured = heldOut.map(({ text }) => featuresOf(text, space));
  return {
    space,
    dates: seen.map(({ date }) => date),
    rows: seen.map(({ text }) => featuresOf(text, space).vector),
    columns: targetsOf(seen, labels).columns,
    heldOutRows: featured.map(({ vector }) => vector),
    heldOut,
    familiarity: featured.map(({ words }) => familiarity(words, space)),
  };
}

/**
 * Validation inside the training part, forward in time: the second half in five blocks, each scored by what was
 * learned from all texts before it. Nothing here sees a text that comes later.
 *
 * @param texts the training part in order of time
 */
export function forwardValidation(
  texts: readonly LabelledText[],
  labels: readonly string[],
  guide: LabelGuide,
): HeldOut {
  const edges = CUTS.map((cut) => Math.round(cut * texts.length));
  const blocks = edges
    .slice(0, -1)
    .map((from, index) => [from, edges[index + 1]!] as const)
    .filter(([from, to]) => from > 0 && to > from)
    .map((range) => blockOf(texts, range, labels, guide));
  const heldOut = blocks.flatMap((block) => block.heldOut);
  return {
    texts: heldOut,
    targets: targetsOf(heldOut, labels).columns,
    familiarity: blocks.flatMap((block) => block.familiarity),
    scores(settings) {
      const parts = blocks.map(({ rows, columns, dates, space, heldOutRows }) =>
        scoresOf(heldOutRows, fitOneVsRest(rows, columns, dates, space, settings)),
      );
      return labels.map((_, label) => Float64Array.from(parts.flatMap((part) => [...part[label]!])));
    },
  };
}

import { featureSpace, PHRASE_VALUE } from '../features/feature-space.js';
import { termSpace } from '../features/tf-idf.js';
import type { LabelGuide } from './label-guide.js';
import { DEFAULT_SETTINGS } from './select-settings.js';
import type { TextModel } from './text-model.js';

/** Odds, as a logarithm, of a label none of whose phrases is in a text. */
const BIAS = -3;

/**
 * A model that learned from no text: it knows labels by the phrases of their guide only. What a family begins with
 * before somebody trains. It cannot tell a strange domain and calls no text so.
 */
export function guideModel(guide: LabelGuide): TextModel {
  const labels = Object.keys(guide.labels).sort();
  const space = featureSpace(termSpace([], [], 0), labels, guide);
  const scores = labels.map((_, label) => {
    const weights = new Float64Array(space.width);
    weights[space.width - labels.length + label] = DEFAULT_SETTINGS.evidenceWeight / PHRASE_VALUE;
    return { weights, bias: BIAS };
  });
  return { labels, space, guide, scores, thresholds: labels.map(() => 0.5), leastFamiliarity: 0 };
}

import type { LabelledText } from '../classifier/labelled-text.js';
import { nearDuplicateGroups } from '../duplicates/near-duplicates.js';

/** Texts before a date to learn from, texts from it on to be judged by. */
export interface TimeSplit {
  readonly training: readonly LabelledText[];
  readonly evaluated: readonly LabelledText[];
  /** Training texts left out because a near-duplicate of them is judged. */
  readonly leftOut: number;
}

const byDate = (a: LabelledText, b: LabelledText): number => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0);

/**
 * Splits at a date. Near-duplicates stay on one side: a training text told again in the evaluated part is left out
 * of training, so that all texts from the date on are still judged.
 */
export function timeSplit(
  texts: readonly LabelledText[],
  date: string,
  options: { readonly keepNearDuplicates?: boolean } = {},
): TimeSplit {
  const ordered = texts.toSorted(byDate);
  const before = ordered.filter((text) => text.date < date);
  const evaluated = ordered.filter((text) => text.date >= date);
  if (options.keepNearDuplicates) return { training: before, evaluated, leftOut: 0 };
  const groups = nearDuplicateGroups(ordered.map(({ text }) => text));
  const judged = new Set(groups.subarray(before.length));
  const training = before.filter((_, index) => !judged.has(groups[index]!));
  return { training, evaluated, leftOut: before.length - training.length };
}

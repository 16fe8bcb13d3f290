import type { Random } from '@tallyhouse/compute';
import { targetsOf, type LabelledText } from '../classifier/labelled-text.js';

/**
 * Draws up to `perLabel` texts of each label, rare labels first; a text drawn for one label counts for its others too.
 * In order of time.
 */
export function drawFewShot(
  texts: readonly LabelledText[],
  perLabel: number,
  random: Random,
): LabelledText[] {
  const { labels, columns } = targetsOf(texts);
  const support = columns.map((column) => column.reduce((sum, target) => sum + target, 0));
  const byRarity = [...labels.keys()].sort((a, b) => support[a]! - support[b]!);
  const order = random.permutation(texts.length);
  const drawn = new Set<number>();
  for (const label of byRarity) {
    let found = [...drawn].filter((row) => columns[label]![row] === 1).length;
    for (const row of order) {
      if (found >= perLabel) break;
      if (columns[label]![row] !== 1 || drawn.has(row)) continue;
      drawn.add(row);
      found += 1;
    }
  }
  return texts.filter((_, row) => drawn.has(row));
}

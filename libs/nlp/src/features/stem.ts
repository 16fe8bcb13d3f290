/** Endings and what takes their place, longest first within a family. */
const ENDINGS: readonly (readonly [ending: string, replacement: string])[] = [
  ['ations', ''],
  ['ation', ''],
  ['ingly', ''],
  ['edly', ''],
  ['ings', ''],
  ['ing', ''],
  ['ies', 'y'],
  ['ied', 'y'],
  ['ed', ''],
  ['es', ''],
  ['s', ''],
  ['ly', ''],
];
const SHORTEST_STEM = 4;

/**
 * Light stemming: one ending is taken off where at least four letters stay (in the spirit of step 1 of Porter 1980;
 * words of one stem need only fall together, they need not be words).
 *
 * @example stem('contaminated') // 'contaminat', as stem('contamination') is 'contamin'
 */
export function stem(word: string): string {
  for (const [ending, replacement] of ENDINGS) {
    if (word.length - ending.length >= SHORTEST_STEM && word.endsWith(ending)) {
      return word.slice(0, -ending.length) + replacement;
    }
  }
  return word;
}

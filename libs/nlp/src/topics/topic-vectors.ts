import { wordPlacer, type WordSpace } from './word-space.js';

/** How much of a text's place among topics is which words it shares with the others; the rest is what it means. */
const SHARE_OF_WORDS = 0.5;

/**
 * Gives vectors of length 1 that topics are found by: what an encoder knows of all language beside how words are used in this
 * collection. A text that an encoder makes nothing of (zeros) stays so; one without a known word goes by its meaning alone.
 */
export function topicPlacer(space: WordSpace): (text: string, meaning: Float32Array) => Float32Array {
  const place = wordPlacer(space);
  return (text, meaning) => {
    const words = place(text);
    const placed = new Float32Array(meaning.length + words.length);
    const isKnown = words.some((value) => value !== 0);
    const isSaid = meaning.some((value) => value !== 0);
    const own = isKnown ? Math.sqrt(1 - SHARE_OF_WORDS) : 1;
    placed.set(meaning.map((value) => own * value));
    if (isSaid)
      placed.set(
        words.map((value) => Math.sqrt(SHARE_OF_WORDS) * value),
        meaning.length,
      );
    return placed;
  };
}

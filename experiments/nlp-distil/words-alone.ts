const SATURATION = 1.2;
const LENGTH = 0.75;

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\p{N}]{2,}/gu) ?? [];

/** Scores of all texts for a query by BM25 over words as they stand (Robertson and Zaragoza 2009). */
export function wordsAlone(texts: readonly string[]): (query: string) => Float64Array {
  const postings = new Map<string, Map<number, number>>();
  const lengths = texts.map((text, index) => {
    const words = wordsOf(text);
    for (const word of words) {
      const counts = postings.get(word) ?? new Map<number, number>();
      postings.set(word, counts.set(index, (counts.get(index) ?? 0) + 1));
    }
    return words.length;
  });
  const mean = lengths.reduce((sum, length) => sum + length, 0) / texts.length;
  return (query) => {
    const scores = new Float64Array(texts.length);
    for (const word of new Set(wordsOf(query))) {
      const counts = postings.get(word);
      if (!counts) continue;
      const rarity = Math.log(1 + (texts.length - counts.size + 0.5) / (counts.size + 0.5));
      for (const [index, count] of counts) {
        const worn = SATURATION * (1 - LENGTH + (LENGTH * lengths[index]!) / mean);
        scores[index]! += (rarity * count * (1 + SATURATION)) / (count + worn);
      }
    }
    return scores;
  };
}

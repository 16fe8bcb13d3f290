import type { QueryTerm } from './query-terms.reader.js';
import type { WordEvidence } from './word-evidence.reader.js';

/** What is known of a text for a query. */
export interface TextEvidence extends WordEvidence {
  /** Cosine of the vectors of query and text; null when there is none. */
  readonly similarity: number | null;
}

export interface SearchEvidence {
  readonly terms: readonly QueryTerm[];
  readonly texts: readonly TextEvidence[];
}

/** How evidence is weighed. */
export interface SearchWeights {
  /** How soon a word said again adds nothing more (k₁ of BM25). */
  readonly saturation: number;
  /** How much a long text must say more, 0 to 1 (b of BM25). */
  readonly length: number;
  /** What two words that stand beside each other as in the query add, in parts of what they add alone. */
  readonly pairs: number;
  /** How many times a word of the title counts. */
  readonly title: number;
  /** What meaning adds, in parts of what all words of the query add. */
  readonly meaning: number;
}

/** What is in force; `experiments/nlp-search` judges it, all but the title: no title is indexed there. */
export const SEARCH_WEIGHTS: SearchWeights = {
  saturation: 1.2,
  length: 0.75,
  pairs: 0.5,
  title: 2,
  meaning: 0.3,
};

export interface RankedText {
  readonly id: string;
  readonly score: number;
  /** 0 to 1: how much of what was asked the words of the text say. */
  readonly words: number;
  readonly similarity: number | null;
}

/** Places that two words of a query may lie apart to be a pair. */
const PAIR_REACH = 2;

interface Pair {
  readonly first: number;
  readonly second: number;
  readonly apart: number;
}

function pairsOf(terms: readonly QueryTerm[]): Pair[] {
  return terms.flatMap((a, first) =>
    terms.flatMap((b, second) => {
      const apart = a.places.flatMap((from) => b.places.map((to) => to - from));
      return [...new Set(apart)]
        .filter((distance) => distance >= 1 && distance <= PAIR_REACH)
        .map((distance) => ({ first, second, apart: distance }));
    }),
  );
}

function wordScore(
  text: WordEvidence,
  terms: readonly QueryTerm[],
  pairs: readonly Pair[],
  meanBytes: number,
  weights: SearchWeights,
): number {
  const { saturation, length } = weights;
  const slowness = saturation * (1 - length + (length * text.bytes) / meanBytes);
  const saturated = (count: number): number => ((saturation + 1) * count) / (slowness + count);
  const placesOf = new Map(text.found.map(({ term, places }) => [term, places]));
  const alone = text.found.map(({ term, places, inTitle }) => {
    const count = places.length - inTitle + weights.title * inTitle;
    return terms[term]!.weight * saturated(count);
  });
  const together = pairs.map(({ first, second, apart }) => {
    const after = new Set(placesOf.get(second));
    const count = (placesOf.get(first) ?? []).filter((place) => after.has(place + apart)).length;
    const told = (terms[first]!.weight + terms[second]!.weight) / 2;
    return weights.pairs * told * saturated(count);
  });
  return [...alone, ...together].reduce((sum, each) => sum + each, 0);
}

/**
 * Texts by what words and meaning say together, best first. Words: BM25 (Robertson, Zaragoza 2009), and pairs of words
 * as they stand in the query (Metzler, Croft 2005), as a share of the text that says the most. Meaning: its cosine times a
 * weight. A sum of scores and not of ranks, so that a text that says all that was asked is not lost among
 * texts that only sound like it (Bruch, Gai, Ingber 2023).
 *
 * @param by what counts; `WORDS` leaves out texts with none of the words
 */
export function rankTexts(
  { terms, texts }: SearchEvidence,
  by: 'BOTH' | 'MEANING' | 'WORDS',
  weights: SearchWeights = SEARCH_WEIGHTS,
): RankedText[] {
  const pairs = pairsOf(terms);
  const meanBytes = texts.reduce((sum, { bytes }) => sum + bytes, 0) / (texts.length || 1) || 1;
  const said = texts.map((text) => wordScore(text, terms, pairs, meanBytes, weights));
  const most = said.reduce((best, each) => Math.max(best, each), 0) || 1;
  const meaning = by === 'WORDS' ? 0 : by === 'MEANING' ? 1 : weights.meaning;
  return texts
    .map(({ id, similarity }, index) => {
      const words = said[index]! / most;
      return { id, words, similarity, score: (by === 'MEANING' ? 0 : words) + meaning * (similarity ?? 0) };
    })
    .filter(({ words }) => by !== 'WORDS' || words > 0)
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

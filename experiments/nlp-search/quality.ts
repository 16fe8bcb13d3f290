import { rankTexts, type SearchEvidence, type SearchWeights } from '@tallyhouse/nlp';
import { createPrng } from '@tallyhouse/simulation';

/** A query with all that its ranking needs. */
export interface JudgedQuery {
  readonly evidence: SearchEvidence;
  readonly wanted: string;
  readonly isDevelopment: boolean;
}

export type Ranking = (evidence: SearchEvidence) => readonly string[];

export const byWeights =
  (by: 'BOTH' | 'MEANING' | 'WORDS', weights?: SearchWeights): Ranking =>
  (evidence) =>
    rankTexts(evidence, by, weights).map(({ id }) => id);

/** Both rankings by the sum of 1 / (60 + place) (Cormack, Clarke, Büttcher 2009): what is beaten. */
export const byReciprocalRanks =
  (weights?: SearchWeights): Ranking =>
  (evidence) => {
    const scores = new Map<string, number>();
    for (const by of ['WORDS', 'MEANING'] as const)
      byWeights(
        by,
        weights,
      )(evidence).forEach((id, index) => scores.set(id, (scores.get(id) ?? 0) + 1 / (61 + index)));
    return [...scores.keys()].sort((a, b) => scores.get(b)! - scores.get(a)!);
  };

const RANKS_COUNTED = 100;

/** 1 / place of the text wanted for each query, 0 where it is not among the first hundred. */
export function reciprocalRanks(queries: readonly JudgedQuery[], ranking: Ranking): number[] {
  return queries.map(({ evidence, wanted }) => {
    const place = ranking(evidence).slice(0, RANKS_COUNTED).indexOf(wanted) + 1;
    return place === 0 ? 0 : 1 / place;
  });
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
const rounded = (value: number): number => Number(value.toFixed(3));

export const figuresOf = (
  ranks: readonly number[],
): { recallAt10: number; mrr: number; queries: number } => ({
  recallAt10: rounded(mean(ranks.map((rank) => (rank >= 0.1 ? 1 : 0)))),
  mrr: rounded(mean(ranks)),
  queries: ranks.length,
});

const DRAWS = 2_000;

/** Difference of the means of two ways, with the middle 95 % over queries drawn again (paired bootstrap). */
export function difference(
  ours: readonly number[],
  theirs: readonly number[],
): [low: number, mean: number, high: number] {
  const prng = createPrng(1, 'nlp-search-bootstrap');
  const apart = ours.map((rank, index) => rank - theirs[index]!);
  const draws = Array.from({ length: DRAWS }, () =>
    mean(apart.map(() => apart[prng.integer(0, apart.length - 1)]!)),
  ).sort((a, b) => a - b);
  return [rounded(draws[0.025 * DRAWS]!), rounded(mean(apart)), rounded(draws[0.975 * DRAWS - 1]!)];
}

/** What is tried of each weight, one after the other; those of words by words alone. */
const TRIED: { readonly [name in keyof SearchWeights]?: readonly number[] } = {
  saturation: [0.6, 1.2],
  length: [0.4, 0.75],
  pairs: [0, 0.5, 1, 2],
  meaning: [0, 0.15, 0.3, 0.6, 1],
};

const LEAST_GAIN = 0.001;

/** Chooses weights on development queries, by mean reciprocal rank and recall at ten together. */
export function chooseWeights(queries: readonly JudgedQuery[], from: SearchWeights): SearchWeights {
  const development = queries.filter(({ isDevelopment }) => isDevelopment);
  const value = (weights: SearchWeights, by: 'BOTH' | 'WORDS'): number => {
    const { mrr, recallAt10 } = figuresOf(reciprocalRanks(development, byWeights(by, weights)));
    return mrr + recallAt10;
  };
  let best = from;
  for (const name of Object.keys(TRIED) as (keyof SearchWeights)[]) {
    const by = name === 'meaning' ? 'BOTH' : 'WORDS';
    let most = value(best, by);
    for (const tried of (TRIED[name] ?? []).filter((each) => each !== best[name])) {
      const next = { ...best, [name]: tried };
      const reached = value(next, by);
      if (reached > most + LEAST_GAIN) [best, most] = [next, reached];
    }
  }
  return best;
}

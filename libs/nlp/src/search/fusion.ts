/** Constant of reciprocal-rank fusion (Cormack, Clarke, Büttcher 2009). */
const RANK_OFFSET = 60;

/** One result of several rankings together: its place in each, from 1, where it has one. */
export interface Fused {
  readonly id: string;
  readonly score: number;
  readonly ranks: readonly (number | null)[];
}

/**
 * Puts rankings together: the score of a result is the sum over the rankings of weight / (60 + place).
 *
 * @param weights one a ranking; 1 each unless given
 * @example fuseRankings([['a', 'b'], ['b']])[0]?.id // 'b'
 */
export function fuseRankings(rankings: readonly (readonly string[])[], weights?: readonly number[]): Fused[] {
  const places = new Map<string, (number | null)[]>();
  for (const [which, ranking] of rankings.entries()) {
    for (const [index, id] of ranking.entries()) {
      const ranks = places.get(id) ?? rankings.map(() => null);
      ranks[which] ??= index + 1;
      places.set(id, ranks);
    }
  }
  const scoreOf = (ranks: readonly (number | null)[]): number =>
    ranks.reduce<number>(
      (sum, rank, which) => sum + (rank === null ? 0 : (weights?.[which] ?? 1) / (RANK_OFFSET + rank)),
      0,
    );
  return [...places]
    .map(([id, ranks]) => ({ id, score: scoreOf(ranks), ranks }))
    .sort((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1));
}

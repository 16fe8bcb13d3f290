import { comparisonWords } from '../duplicates/shingles.js';
import { sentencesOf, type Sentence } from './sentences.js';

const DAMPING = 0.85;
const ROUNDS = 30;
const MIN_COSINE = 0.05;
/** Two sentences this alike say the same; one is enough. */
const SAME = 0.6;
const SHORT_WORD = 3;

/**
 * A summary by extraction: the sentences that most others resemble (LexRank, Erkan and Radev 2004), with a slight
 * preference for the first ones, no two alike, in the order of the text. Every one is quoted to the letter; nothing is
 * written anew.
 *
 * @param most sentences at most
 */
export function summarise(text: string, most = 3): Sentence[] {
  const sentences = sentencesOf(text);
  const vectors = weighed(sentences);
  const ranks = rank(vectors);
  const order = [...sentences.keys()].sort((a, b) => scoreOf(ranks, b) - scoreOf(ranks, a) || a - b);
  const chosen: number[] = [];
  for (const index of order) {
    if (chosen.length === most) break;
    if (chosen.every((other) => cosine(vectors[index]!, vectors[other]!) < SAME)) chosen.push(index);
  }
  return chosen.sort((a, b) => a - b).map((index) => sentences[index]!);
}

type Vector = ReadonlyMap<string, number>;

const scoreOf = (ranks: readonly number[], index: number): number => ranks[index]! * (1 + 0.5 / (1 + index));

function weighed(sentences: readonly Sentence[]): Vector[] {
  const words = sentences.map(({ text }) => comparisonWords(text).filter((word) => word.length > SHORT_WORD));
  const uses = new Map<string, number>();
  for (const each of words) for (const word of new Set(each)) uses.set(word, (uses.get(word) ?? 0) + 1);
  return words.map((each) => {
    const counts = new Map<string, number>();
    for (const word of each)
      counts.set(word, (counts.get(word) ?? 0) + Math.log(1 + sentences.length / uses.get(word)!));
    const norm = Math.hypot(...counts.values()) || 1;
    return new Map([...counts].map(([word, weight]) => [word, weight / norm]));
  });
}

function rank(vectors: readonly Vector[]): number[] {
  const links = vectors.map((a, i) =>
    vectors.map((b, j) => (i === j ? 0 : Math.max(0, cosine(a, b) - MIN_COSINE))),
  );
  const sums = links.map((row) => row.reduce((sum, link) => sum + link, 0));
  let ranks = vectors.map(() => 1 / Math.max(1, vectors.length));
  for (let round = 0; round < ROUNDS; round += 1) {
    const before = ranks;
    ranks = vectors.map((_, i) => {
      const given = before.reduce(
        (sum, value, j) => sum + (sums[j] === 0 ? 0 : (value * links[j]![i]!) / sums[j]!),
        0,
      );
      return (1 - DAMPING) / vectors.length + DAMPING * given;
    });
  }
  return ranks;
}

function cosine(a: Vector, b: Vector): number {
  let sum = 0;
  for (const [word, weight] of a) sum += weight * (b.get(word) ?? 0);
  return sum;
}

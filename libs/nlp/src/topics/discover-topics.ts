import { className, classTerms, type ClassTerm } from './class-terms.js';
import { sphericalKMeans } from './spherical-k-means.js';
import { topicPlacer } from './topic-vectors.js';
import { fitWordSpace, type WordSpace } from './word-space.js';

/** Texts that speak of one thing. */
export interface Topic {
  /** From 0, the largest first. */
  readonly number: number;
  readonly name: string;
  readonly terms: readonly ClassTerm[];
  readonly size: number;
  readonly centroid: Float32Array;
}

export interface TopicModel {
  readonly topics: readonly Topic[];
  /** Topic of each text; -1 for a text that says nothing or is of no topic. */
  readonly topicOf: Int32Array;
  readonly similarity: Float32Array;
  /** How words are used in these texts; with it further texts are put to the topics. */
  readonly space: WordSpace;
}

export interface TopicOptions {
  /** At most so many; from the number of texts unless given: about its square root, 2 to 40. */
  readonly topics?: number;
  readonly seed: number;
  /** Starts from different seeds, the tightest is kept; 4 unless given. */
  readonly starts?: number;
}

const MAX_TOPICS = 40;
const TERMS_A_TOPIC = 8;
/** Clusters whose middles are this alike are one topic. */
const SAME_TOPIC = 0.93;
/** Starts from different seeds; the tightest clustering is kept. */
const STARTS = 4;

/**
 * Topics of texts by spherical k-means over their vectors and over how their words are used together, clusters that say the
 * same merged, named by class-based TF-IDF. The same texts, vectors and seed give the same topics.
 */
export function discoverTopics(
  texts: readonly string[],
  vectors: readonly Float32Array[],
  options: TopicOptions,
): TopicModel {
  const wanted = options.topics ?? Math.min(MAX_TOPICS, Math.max(2, Math.round(Math.sqrt(texts.length / 2))));
  const space = fitWordSpace(texts, options.seed);
  const place = topicPlacer(space);
  const placed = vectors.map((vector, index) => place(texts[index]!, vector));
  const starts = Array.from({ length: options.starts ?? STARTS }, (_, start) =>
    sphericalKMeans(placed, wanted, options.seed + start),
  );
  const tightness = starts.map(({ similarity }) => similarity.reduce((sum, each) => sum + each, 0));
  const { assignment, centroids, similarity } = starts[tightness.indexOf(Math.max(...tightness))]!;
  const merged = mergeAlike(centroids);
  const sizes = new Map<number, number>();
  for (const cluster of assignment) {
    if (cluster >= 0) sizes.set(merged[cluster]!, (sizes.get(merged[cluster]!) ?? 0) + 1);
  }
  const bySize = [...sizes.keys()].sort((a, b) => sizes.get(b)! - sizes.get(a)! || a - b);
  const numberOf = new Map(bySize.map((cluster, number) => [cluster, number]));
  const topicOf = assignment.map((cluster) => (cluster < 0 ? -1 : numberOf.get(merged[cluster]!)!));
  const terms = classTerms(texts, topicOf, bySize.length, TERMS_A_TOPIC);
  const topics = bySize.map((cluster, number) => ({
    number,
    name: className(terms[number]!),
    terms: terms[number]!,
    size: sizes.get(cluster)!,
    centroid: centroids[cluster]!,
  }));
  return { topics, topicOf, similarity, space };
}

/** For each cluster the first that it is alike. */
function mergeAlike(centroids: readonly Float32Array[]): number[] {
  return centroids.map((centroid, index) => {
    const first = centroids.findIndex(
      (other) => other.reduce((sum, value, i) => sum + value * centroid[i]!, 0) >= SAME_TOPIC,
    );
    return Math.min(first, index);
  });
}

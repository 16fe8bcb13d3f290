import { seededUniform } from './seeded.js';

/** Clusters of vectors: which each belongs to, and the middle of each. */
export interface Clustering {
  /** Cluster of each vector, from 0; -1 for a vector of zeros. */
  readonly assignment: Int32Array;
  /** Middles of length 1. */
  readonly centroids: readonly Float32Array[];
  /** Cosine of each vector with the middle of its cluster. */
  readonly similarity: Float32Array;
}

const MAX_ROUNDS = 40;

/**
 * Spherical k-means (Dhillon, Modha 2001) from k-means++ seeds (Arthur, Vassilvitskii 2007): vectors of length 1 are put to
 * the middle of largest cosine. Deterministic for a seed. Empty clusters are left out.
 *
 * @throws RangeError unless `clusters` is from 1 on
 */
export function sphericalKMeans(
  vectors: readonly Float32Array[],
  clusters: number,
  seed: number,
): Clustering {
  if (!Number.isInteger(clusters) || clusters < 1)
    throw new RangeError(`expected 1 cluster or more, not ${clusters}`);
  const assignment = new Int32Array(vectors.length).fill(-1);
  const similarity = new Float32Array(vectors.length);
  const said = [...vectors.keys()].filter((index) => vectors[index]!.some((value) => value !== 0));
  if (said.length === 0) return { assignment, centroids: [], similarity };
  let centroids = firstCentroids(vectors, said, Math.min(clusters, said.length), seed);
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const moved = assign(vectors, said, centroids, assignment, similarity);
    if (moved === 0) break;
    centroids = middles(vectors, said, assignment, centroids);
  }
  return withoutEmpty({ assignment, centroids, similarity });
}

function firstCentroids(
  vectors: readonly Float32Array[],
  said: readonly number[],
  count: number,
  seed: number,
): Float32Array[] {
  const uniform = seededUniform(seed);
  const chosen = [vectors[said[Math.floor(uniform() * said.length)]!]!];
  const distances = said.map((index) => 1 - dot(vectors[index]!, chosen[0]!));
  while (chosen.length < count) {
    const total = distances.reduce((sum, distance) => sum + Math.max(0, distance), 0);
    let left = uniform() * total;
    let at = distances.findIndex((distance) => (left -= Math.max(0, distance)) <= 0);
    if (at < 0) at = distances.length - 1;
    const next = vectors[said[at]!]!;
    chosen.push(next);
    for (const [index, each] of said.entries())
      distances[index] = Math.min(distances[index]!, 1 - dot(vectors[each]!, next));
  }
  return chosen;
}

function assign(
  vectors: readonly Float32Array[],
  said: readonly number[],
  centroids: readonly Float32Array[],
  assignment: Int32Array,
  similarity: Float32Array,
): number {
  let moved = 0;
  for (const index of said) {
    let best = 0;
    let most = -Infinity;
    for (let cluster = 0; cluster < centroids.length; cluster += 1) {
      const cosine = dot(vectors[index]!, centroids[cluster]!);
      if (cosine > most) [best, most] = [cluster, cosine];
    }
    if (assignment[index] !== best) moved += 1;
    assignment[index] = best;
    similarity[index] = most;
  }
  return moved;
}

function middles(
  vectors: readonly Float32Array[],
  said: readonly number[],
  assignment: Int32Array,
  before: readonly Float32Array[],
): Float32Array[] {
  const sums = before.map((centroid) => new Float32Array(centroid.length));
  for (const index of said) {
    const sum = sums[assignment[index]!]!;
    const vector = vectors[index]!;
    for (let i = 0; i < sum.length; i += 1) sum[i]! += vector[i]!;
  }
  return sums.map((sum, cluster) => {
    const norm = Math.hypot(...sum);
    return norm === 0 ? before[cluster]! : sum.map((value) => value / norm);
  });
}

function withoutEmpty({ assignment, centroids, similarity }: Clustering): Clustering {
  const used = [...new Set(assignment)].filter((cluster) => cluster >= 0).sort((a, b) => a - b);
  const renamed = new Map(used.map((cluster, index) => [cluster, index]));
  return {
    assignment: assignment.map((cluster) => renamed.get(cluster) ?? -1),
    centroids: used.map((cluster) => centroids[cluster]!),
    similarity,
  };
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

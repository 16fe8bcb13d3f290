/** A topic as it is grouped: its middle, of length 1, and how many texts it has. */
export interface GroupedTopic {
  readonly centroid: Float32Array;
  readonly size: number;
}

/** A group has at most this share of all texts: what nearly everything speaks of is no subject. */
const MAX_SHARE = 0.5;

interface Node {
  readonly members: readonly number[];
  /** Sum of the middles, each weighed by its texts. */
  readonly sum: Float32Array;
  readonly size: number;
}

/**
 * Topics alone, and those that belong together: the inner nodes of the tree that puts the two most alike together until
 * one is left (agglomerative clustering by centroids). Clustering may split a subject over several topics; one of the
 * groups has them all.
 *
 * @returns indices of topics, each topic alone first, then groups, the most alike first
 */
export function topicGroups(topics: readonly GroupedTopic[]): (readonly number[])[] {
  let nodes: Node[] = topics.map(({ centroid, size }, index) => ({
    members: [index],
    sum: centroid.map((value) => value * Math.max(1, size)),
    size,
  }));
  const most = MAX_SHARE * nodes.reduce((sum, { size }) => sum + size, 0);
  const groups = nodes.map(({ members }) => members);
  while (nodes.length > 1) {
    const [a, b] = closest(nodes);
    const merged = {
      members: [...nodes[a]!.members, ...nodes[b]!.members].sort((x, y) => x - y),
      sum: nodes[a]!.sum.map((value, i) => value + nodes[b]!.sum[i]!),
      size: nodes[a]!.size + nodes[b]!.size,
    };
    nodes = [...nodes.filter((_, index) => index !== a && index !== b), merged];
    if (merged.size <= most) groups.push(merged.members);
  }
  return groups;
}

function closest(nodes: readonly Node[]): [number, number] {
  let best: [number, number] = [0, 1];
  let most = -Infinity;
  const norms = nodes.map(({ sum }) => Math.hypot(...sum) || 1);
  for (let a = 0; a < nodes.length; a += 1) {
    for (let b = a + 1; b < nodes.length; b += 1) {
      const likeness = dot(nodes[a]!.sum, nodes[b]!.sum) / (norms[a]! * norms[b]!);
      if (likeness > most) [best, most] = [[a, b], likeness];
    }
  }
  return best;
}

function dot(a: Float32Array, b: Float32Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i += 1) sum += a[i]! * b[i]!;
  return sum;
}

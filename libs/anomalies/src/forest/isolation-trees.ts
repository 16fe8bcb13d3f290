import type { Random } from '@tallyhouse/compute';

/** A cut of some points in two. */
export interface Cut {
  readonly feature: number;
  readonly at: number;
}

/** The least and the greatest of each feature among some points. */
export interface Box {
  readonly least: Float64Array;
  readonly most: Float64Array;
  /** Sum of the distances between the two. */
  readonly width: number;
}

/** A random tree: points part by cuts until they stand alone or the levels have run out. */
export type IsolationTree =
  | { readonly size: number; readonly box?: Box }
  | (Cut & { readonly box?: Box; readonly low: IsolationTree; readonly high: IsolationTree });

/** How points are cut; without a cut they stay together. */
export type CutsPoints = (
  points: readonly Float64Array[],
  random: Random,
) => { readonly cut: Cut | undefined; readonly box?: Box };

/** Mean depth of a point in a random tree of `size` points (Liu, Ting and Zhou 2008). */
export const usualDepth = (size: number): number =>
  size <= 1 ? 0 : 2 * (Math.log(size - 1) + 0.5772156649) - (2 * (size - 1)) / size;

/** Trees, each of points drawn from those given. */
export function growTrees(
  points: readonly Float64Array[],
  { trees, sample, cuts }: { readonly trees: number; readonly sample: number; readonly cuts: CutsPoints },
  random: Random,
): IsolationTree[] {
  const limit = Math.ceil(Math.log2(sample));
  return Array.from({ length: trees }, () => {
    const drawn = Array.from(
      { length: Math.min(sample, points.length) },
      () => points[random.below(points.length)]!,
    );
    return growTree(drawn, limit, cuts, random);
  });
}

/** Any feature with the same chance, anywhere between its ends (Liu, Ting and Zhou 2008). */
export const cutAnyFeature: CutsPoints = (points, random) => {
  const feature = random.below(points[0]!.length);
  let [low, high] = [Infinity, -Infinity];
  for (const point of points) {
    low = Math.min(low, point[feature]!);
    high = Math.max(high, point[feature]!);
  }
  return { cut: low === high ? undefined : { feature, at: random.uniform(low, high) } };
};

/** A feature with a chance in proportion to how far its points lie apart (Guha et al. 2016); features need one scale. */
export const cutWideFeatures: CutsPoints = (points, random) => {
  const box = boxOf(points);
  const { least, most } = box;
  let left = random.uniform() * box.width;
  for (const [feature, low] of least.entries()) {
    const width = most[feature]! - low;
    if (left < width) return { cut: { feature, at: low + left }, box };
    left -= width;
  }
  return { cut: undefined, box };
};

/** Cuts that part a point from those that the tree was grown of. */
export function depthIn(tree: IsolationTree, point: Float64Array): number {
  let node = tree;
  let depth = 0;
  while ('feature' in node) {
    node = point[node.feature]! < node.at ? node.low : node.high;
    depth += 1;
  }
  return depth + usualDepth(node.size);
}

function growTree(
  points: readonly Float64Array[],
  levels: number,
  cuts: CutsPoints,
  random: Random,
): IsolationTree {
  if (levels === 0 || points.length <= 1) return { size: points.length };
  const { cut, ...drawn } = cuts(points, random);
  if (!cut) return { size: points.length, ...drawn };
  const { feature, at } = cut;
  const low = points.filter((point) => point[feature]! < at);
  const high = points.filter((point) => point[feature]! >= at);
  return {
    ...{ feature, at, ...drawn },
    low: growTree(low, levels - 1, cuts, random),
    high: growTree(high, levels - 1, cuts, random),
  };
}

/** By places and not by iterators: this is where growing spends its time. */
function boxOf(points: readonly Float64Array[]): Box {
  const [least, most] = [Float64Array.from(points[0]!), Float64Array.from(points[0]!)];
  for (const point of points)
    for (let at = 0; at < point.length; at += 1) {
      const value = point[at]!;
      if (value < least[at]!) least[at] = value;
      if (value > most[at]!) most[at] = value;
    }
  const width = most.reduce((sum, high, at) => sum + high - least[at]!, 0);
  return { least, most, width };
}

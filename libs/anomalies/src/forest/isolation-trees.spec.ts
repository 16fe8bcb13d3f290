import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { cutAnyFeature, cutWideFeatures, depthIn, growTrees, type IsolationTree } from './isolation-trees.js';

const random = seededRandom(5);
const points = Array.from({ length: 200 }, () =>
  Float64Array.of(random.normal(), random.normal(), 100 * random.normal()),
);
const forest = (cuts: typeof cutAnyFeature, seed = 1): IsolationTree[] =>
  growTrees(points, { trees: 40, sample: 64, cuts }, seededRandom(seed));
const depthOf = (trees: readonly IsolationTree[], point: Float64Array): number =>
  trees.reduce((sum, tree) => sum + depthIn(tree, point), 0) / trees.length;

function cutFeatures(tree: IsolationTree): number[] {
  return 'feature' in tree ? [tree.feature, ...cutFeatures(tree.low), ...cutFeatures(tree.high)] : [];
}

function leaves(tree: IsolationTree): number {
  return 'feature' in tree ? leaves(tree.low) + leaves(tree.high) : tree.size;
}

describe.each([
  ['any feature', cutAnyFeature],
  ['wide features', cutWideFeatures],
])('trees that cut %s', (_, cuts) => {
  it('hold every point that they were grown of, and are the same from the same seed', () => {
    expect(forest(cuts).map(leaves)).toEqual(Array.from({ length: 40 }, () => 64));
    expect(forest(cuts)).toEqual(forest(cuts));
    expect(forest(cuts)).not.toEqual(forest(cuts, 2));
  });

  it('isolate what is far out sooner than what is in the middle', () => {
    const trees = forest(cuts);
    expect(depthOf(trees, Float64Array.of(4, 4, 400))).toBeLessThan(
      0.7 * depthOf(trees, Float64Array.of(0, 0, 0)),
    );
  });

  it('keep equal points together', () => {
    const equal = Array.from({ length: 20 }, () => Float64Array.of(1, 2));
    const [tree] = growTrees(equal, { trees: 1, sample: 16, cuts }, seededRandom(1));
    expect(tree).toMatchObject({ size: 16 });
  });
});

describe('the choice of a feature', () => {
  it('goes by how far points lie apart where it should, and by chance alone where not', () => {
    const shareOfLast = (cuts: typeof cutAnyFeature): number => {
      const first = forest(cuts).map((tree) => cutFeatures(tree)[0]!);
      return first.filter((feature) => feature === 2).length / first.length;
    };
    expect(shareOfLast(cutWideFeatures)).toBeGreaterThan(0.85);
    expect(shareOfLast(cutAnyFeature)).toBeLessThan(0.6);
  });
});

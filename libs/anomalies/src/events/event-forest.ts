import { seededRandom } from '@tallyhouse/compute';
import {
  cutWideFeatures,
  growTrees,
  usualDepth,
  type Box,
  type IsolationTree,
} from '../forest/isolation-trees.js';
import { EVENT_PROGRAM } from './event-parameters.js';
import { FeatureScale } from './feature-scale.js';

const { trees: TREES, sample: SAMPLE } = EVENT_PROGRAM;
const MOST_ODDS = 100;

/**
 * A forest of what a stream was like, its features on one scale. A point outside of the box of those that a
 * tree was grown of would have been cut off by some of the cuts, had it been there, and is isolated by that share of them.
 */
export class EventForest {
  /** The middle of each number, NaN where nothing was told. */
  readonly medians: Float64Array;

  private constructor(
    private readonly scale: FeatureScale,
    private readonly trees: readonly IsolationTree[],
  ) {
    this.medians = scale.medians;
  }

  /** @param points numbers of events, at least one */
  static grow(points: readonly Float64Array[], seed: number): EventForest {
    const scale = FeatureScale.of(points);
    const trees = growTrees(
      points.map((point) => scale.scaled(point)),
      { trees: TREES, sample: SAMPLE, cuts: cutWideFeatures },
      seededRandom(seed),
    );
    return new EventForest(scale, trees);
  }

  /**
   * The odds that a cut isolates an event, as its mean depth says: one over the depth but for its last cut. Unlike the depth they have
   * no end, so that what is far out can be told from what is farther; a hundred at most.
   */
  score(numbers: Float64Array): number {
    const point = this.scale.scaled(numbers);
    let depth = 0;
    for (const tree of this.trees) depth += depthHad(tree, point) / TREES;
    return 1 / (depth - 1 + 1 / MOST_ODDS);
  }
}

/** Mean depth of a point, had it been among those that the tree was grown of. */
function depthHad(tree: IsolationTree, point: Float64Array): number {
  let node = tree;
  let [depth, there, level] = [0, 1, 0];
  for (;;) {
    const alone = node.box ? shareOutside(node.box, point) : 0;
    depth += there * alone * (level + 1);
    there *= 1 - alone;
    if (!('feature' in node)) return depth + there * (level + usualDepth(node.size));
    node = point[node.feature]! < node.at ? node.low : node.high;
    level += 1;
  }
}

/** The share of cuts that would part a point from everything in a box; a spread more makes a box of equals one that has a width. */
function shareOutside({ least, most, width }: Box, point: Float64Array): number {
  let outside = 0;
  for (let at = 0; at < point.length; at += 1) {
    const value = point[at]!;
    if (value < least[at]!) outside += least[at]! - value;
    else if (value > most[at]!) outside += value - most[at]!;
  }
  return outside / (1 + width + outside);
}

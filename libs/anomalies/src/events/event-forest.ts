import { seededRandom } from '@tallyhouse/compute';
import { quantileOf } from '../calibration/ring.js';
import {
  cutWideFeatures,
  growTrees,
  usualDepth,
  type Box,
  type IsolationTree,
} from '../forest/isolation-trees.js';
import { EVENT_FEATURES, WIDTH } from './event-features.js';
import { EVENT_PARAMETERS } from './event-parameters.js';

const { trees: TREES, sample: SAMPLE, stretch, moreAlone } = EVENT_PARAMETERS;
/** Where numbers stand of which less than usual is as usual. */
const MORE_ALONE = new Set(EVENT_FEATURES.filter(({ name }) => name === moreAlone).flatMap(({ at }) => at));
const MOST_ODDS = 10;
/** Distance between the twentieth and the nineteenth twentieth of a normal, in standard deviations. */
const NORMAL_SPAN = 3.29;

/**
 * A forest of what a stream was like. Features are brought to one scale by median and spread; a point outside of the box of those that a
 * tree was grown of would have been cut off by some of the cuts, had it been there, and is isolated by that share of them.
 */
export class EventForest {
  private readonly trees: readonly IsolationTree[];
  private readonly spreads: Float64Array;

  private constructor(
    /** The middle of each number, NaN where nothing was told. */
    readonly medians: Float64Array,
    points: readonly Float64Array[],
    seed: number,
  ) {
    this.spreads = spreadsOf(points);
    const scaled = points.map((point) => this.scaled(point));
    this.trees = growTrees(
      scaled,
      { trees: TREES, sample: SAMPLE, cuts: cutWideFeatures },
      seededRandom(seed),
    );
  }

  /** @param points numbers of events, at least one */
  static grow(points: readonly Float64Array[], seed: number): EventForest {
    const medians = Float64Array.from({ length: WIDTH }, (_, at) => quantileAt(points, at, 0.5));
    return new EventForest(medians, points, seed);
  }

  /**
   * The odds that a cut isolates an event, as its mean depth says: one over the depth but for its last cut. Unlike the depth they have
   * no end, so that what is far out can be told from what is farther. Ten at most, or one event would hide those after it.
   */
  score(numbers: Float64Array): number {
    const point = this.scaled(numbers);
    let depth = 0;
    for (const tree of this.trees) depth += depthHad(tree, point) / TREES;
    return 1 / (depth - 1 + 1 / MOST_ODDS);
  }

  /** Spreads from the middle, what is far stretched; what is not told counts as usual, as does less of what only more of can be odd. */
  private scaled(numbers: Float64Array): Float64Array {
    return numbers.map((value, at) => {
      const scaled = (value - this.medians[at]!) / this.spreads[at]!;
      if (Number.isNaN(scaled) || (scaled < 0 && MORE_ALONE.has(at))) return 0;
      return Math.sign(scaled) * Math.abs(scaled) ** stretch;
    });
  }
}

function spreadsOf(points: readonly Float64Array[]): Float64Array {
  const spreads = new Float64Array(WIDTH);
  for (const { at, grain } of EVENT_FEATURES)
    for (const number of at) {
      const span = quantileAt(points, number, 0.95) - quantileAt(points, number, 0.05);
      spreads[number] = Number.isNaN(span) ? grain : Math.max(grain, span / NORMAL_SPAN);
    }
  return spreads;
}

/** A quantile of what is told; NaN where nothing is. */
function quantileAt(points: readonly Float64Array[], at: number, share: number): number {
  const told = Float64Array.from(points.flatMap((point) => (Number.isNaN(point[at]!) ? [] : [point[at]!])));
  return told.length === 0 ? NaN : quantileOf(told.sort(), share);
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

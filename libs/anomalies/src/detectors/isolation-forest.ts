import type { Random } from '@tallyhouse/compute';
import { Ring } from '../calibration/ring.js';
import {
  phaseOf,
  SILENT,
  type Detector,
  type Observation,
  type SeriesTraits,
  type Surprise,
} from '../contract/detector.js';

const TREES = 40;
const SAMPLE = 128;
const MEMORY = 1024;
const REGROW_EVERY = 256;
const LEAST = 64;
const SHORT = 12;

type Node =
  | { readonly size: number }
  | { readonly feature: number; readonly at: number; readonly low: Node; readonly high: Node };

/** Mean depth of a point in a random tree of `size` points. */
const usualDepth = (size: number): number =>
  size <= 1 ? 0 : 2 * (Math.log(size - 1) + 0.5772156649) - (2 * (size - 1)) / size;

/**
 * How few random cuts part a value's features from those before it (Liu, Ting and Zhou 2008): value, change, mean and
 * spread of the last twelve, place in the season. The forest is regrown every 256 values from the last 1,024.
 */
export class IsolationForest implements Detector {
  private readonly recent = new Ring(SHORT);
  private readonly features: Float64Array[] = [];
  private trees: Node[] = [];
  private since = 0;
  private next = 0;

  constructor(
    private readonly traits: SeriesTraits,
    private readonly random: Random,
  ) {}

  observe({ timeMs, value }: Observation): Surprise {
    if (Number.isNaN(value)) return SILENT;
    const features = this.featuresOf(timeMs, value);
    const score = this.trees.length === 0 ? 0 : this.isolation(features);
    this.features[this.next] = features;
    this.next = (this.next + 1) % MEMORY;
    this.since += 1;
    if (
      this.features.length >= LEAST &&
      (this.trees.length === 0 || this.since >= Math.min(REGROW_EVERY, this.features.length / 2))
    )
      this.grow();
    return score === 0 ? SILENT : { score, expected: null };
  }

  private featuresOf(timeMs: number, value: number): Float64Array {
    const before = this.recent.at(0);
    this.recent.push(value);
    const values = this.recent.toArray();
    const mean = values.reduce((sum, one) => sum + one, 0) / values.length;
    const spread = Math.sqrt(values.reduce((sum, one) => sum + (one - mean) ** 2, 0) / values.length);
    return Float64Array.of(
      value,
      Number.isNaN(before) ? 0 : value - before,
      mean,
      spread,
      phaseOf(timeMs, this.traits),
    );
  }

  private isolation(features: Float64Array): number {
    let depth = 0;
    for (const tree of this.trees) depth += depthIn(tree, features, 0) / TREES;
    return 2 ** (-depth / usualDepth(Math.min(SAMPLE, this.features.length)));
  }

  private grow(): void {
    this.since = 0;
    const limit = Math.ceil(Math.log2(SAMPLE));
    this.trees = Array.from({ length: TREES }, () => {
      const drawn = Array.from(
        { length: Math.min(SAMPLE, this.features.length) },
        () => this.features[this.random.below(this.features.length)]!,
      );
      return this.growTree(drawn, limit);
    });
  }

  private growTree(points: readonly Float64Array[], levels: number): Node {
    if (levels === 0 || points.length <= 1) return { size: points.length };
    const feature = this.random.below(points[0]!.length);
    let [low, high] = [Infinity, -Infinity];
    for (const point of points) {
      low = Math.min(low, point[feature]!);
      high = Math.max(high, point[feature]!);
    }
    if (low === high) return { size: points.length };
    const at = this.random.uniform(low, high);
    return {
      feature,
      at,
      low: this.growTree(
        points.filter((point) => point[feature]! < at),
        levels - 1,
      ),
      high: this.growTree(
        points.filter((point) => point[feature]! >= at),
        levels - 1,
      ),
    };
  }
}

function depthIn(tree: Node, features: Float64Array, depth: number): number {
  let node = tree;
  let levels = depth;
  while ('feature' in node) {
    node = features[node.feature]! < node.at ? node.low : node.high;
    levels += 1;
  }
  return levels + usualDepth(node.size);
}

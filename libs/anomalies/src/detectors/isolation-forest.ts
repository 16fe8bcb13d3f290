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
import {
  cutAnyFeature,
  depthIn,
  growTrees,
  usualDepth,
  type IsolationTree,
} from '../forest/isolation-trees.js';

const TREES = 40;
const SAMPLE = 128;
const MEMORY = 1024;
const REGROW_EVERY = 256;
const LEAST = 64;
const SHORT = 12;

/**
 * How few random cuts part a value's features from those before it (Liu, Ting and Zhou 2008): value, change, mean and
 * spread of the last twelve, place in the season. The forest is regrown every 256 values from the last 1,024.
 */
export class IsolationForest implements Detector {
  private readonly recent = new Ring(SHORT);
  private readonly features: Float64Array[] = [];
  private trees: IsolationTree[] = [];
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
    for (const tree of this.trees) depth += depthIn(tree, features) / TREES;
    return 2 ** (-depth / usualDepth(Math.min(SAMPLE, this.features.length)));
  }

  private grow(): void {
    this.since = 0;
    this.trees = growTrees(this.features, { trees: TREES, sample: SAMPLE, cuts: cutAnyFeature }, this.random);
  }
}

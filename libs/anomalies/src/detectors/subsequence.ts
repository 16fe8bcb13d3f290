import { RunningMoments } from '../calibration/running-moments.js';
import { Ring } from '../calibration/ring.js';
import { SILENT, type Detector, type Observation, type Surprise } from '../contract/detector.js';

const LENGTH = 16;
const KEPT = 160;
const SCALE_MEMORY = 3000;
const MERGE = 0.35;
const LEARNING = 0.1;
const LEAST = 4 * LENGTH;

interface Shape {
  readonly values: Float64Array;
  lastSeen: number;
}

/**
 * Distance of the last 16 values, as one shape, to the nearest shape seen before: a streaming matrix profile whose past is
 * at most 160 shapes, near ones merged and the one longest unseen forgotten.
 */
export class Subsequence implements Detector {
  private readonly recent = new Ring(LENGTH);
  private readonly scale = new RunningMoments(SCALE_MEMORY);
  private readonly shapes: Shape[] = [];
  private readonly current = new Float64Array(LENGTH);
  private count = 0;

  observe({ value }: Observation): Surprise {
    if (Number.isNaN(value)) return SILENT;
    this.recent.push(value);
    this.scale.push(value);
    this.count += 1;
    if (this.recent.length < LENGTH || this.count < LEAST) return SILENT;
    const deviation = this.scale.deviation + 1e-9 + 1e-3 * Math.abs(this.scale.mean);
    for (let back = 0; back < LENGTH; back += 1) {
      this.current[back] = squash((this.recent.at(back) - this.scale.mean) / deviation);
    }
    const { shape, distance } = this.nearest();
    this.learn(shape, distance);
    return { score: Number.isFinite(distance) ? distance : 0, expected: null };
  }

  private nearest(): { shape: Shape | undefined; distance: number } {
    let best = Infinity;
    let found: Shape | undefined;
    for (const shape of this.shapes) {
      let sum = 0;
      for (let at = 0; at < LENGTH && sum < best; at += 1) {
        const difference = shape.values[at]! - this.current[at]!;
        sum += difference * difference;
      }
      if (sum < best) [best, found] = [sum, shape];
    }
    return { shape: found, distance: Math.sqrt(best / LENGTH) };
  }

  private learn(shape: Shape | undefined, distance: number): void {
    if (shape && distance < MERGE) {
      shape.lastSeen = this.count;
      for (let at = 0; at < LENGTH; at += 1) {
        shape.values[at]! += LEARNING * (this.current[at]! - shape.values[at]!);
      }
      return;
    }
    if (this.shapes.length === KEPT) {
      const oldest = this.shapes.reduce((a, b) => (a.lastSeen <= b.lastSeen ? a : b));
      this.shapes.splice(this.shapes.indexOf(oldest), 1);
    }
    this.shapes.push({ values: this.current.slice(), lastSeen: this.count });
  }
}

/** A spike is one strange value, not sixteen: it counts by its logarithm. */
const squash = (x: number): number => Math.sign(x) * Math.log1p(Math.abs(x));

import { medianAndSpread, Ring } from '../calibration/ring.js';
import {
  phaseOf,
  SILENT,
  type Detector,
  type Observation,
  type SeriesTraits,
  type Surprise,
} from '../contract/detector.js';

const PER_PHASE = 48;
const OVERALL = 400;
const LEAST_OF_PHASE = 6;
const LEAST = 12;
const REFIT_EVERY = 8;

interface Usual {
  readonly median: number;
  readonly spread: number;
}

/** The last values of one part of the season, with their median and spread of a moment ago. */
class Cell {
  readonly values: Ring;
  usual: Usual | undefined;
  private since = 0;

  constructor(capacity: number) {
    this.values = new Ring(capacity);
  }

  push(value: number): void {
    this.values.push(value);
    this.since += 1;
    if (this.usual && this.since < Math.min(REFIT_EVERY, this.values.length / 4)) return;
    this.since = 0;
    this.usual = medianAndSpread(this.values.toArray());
  }
}

/** Distance from the median of this part of the season in median absolute deviations, over the last seasons only. */
export class RobustSeasonal implements Detector {
  private readonly cells: Cell[];
  private readonly overall = new Cell(OVERALL);

  constructor(private readonly traits: SeriesTraits) {
    this.cells = Array.from({ length: traits.phases }, () => new Cell(PER_PHASE));
  }

  observe({ timeMs, value }: Observation): Surprise {
    if (Number.isNaN(value)) return SILENT;
    const cell = this.cells[phaseOf(timeMs, this.traits)]!;
    const whole = this.overall.usual;
    const seen = this.overall.values.length;
    const usual = cell.values.length >= LEAST_OF_PHASE ? cell.usual! : whole;
    cell.push(value);
    this.overall.push(value);
    if (!usual || !whole || seen < LEAST) return SILENT;
    // A phase that was always the same is held against a share of the whole spread: a tick is no anomaly.
    const spread = usual.spread + 0.2 * whole.spread + 1e-3 * Math.abs(usual.median) + 1e-12;
    return { score: Math.log1p(Math.abs(value - usual.median) / spread), expected: usual.median };
  }
}

import { quantileOf } from '../calibration/ring.js';
import { EVENT_FEATURES, WIDTH } from './event-features.js';
import { EVENT_PROGRAM } from './event-parameters.js';

/** Where numbers stand of which less than usual is as usual. */
const MORE_ALONE = new Set(
  EVENT_FEATURES.filter(({ name }) => name === EVENT_PROGRAM.moreAlone).flatMap(({ at }) => at),
);
/** Distance between the twentieth and the nineteenth twentieth of a normal, in standard deviations. */
const NORMAL_SPAN = 3.29;
/** What a tenth of a normal's distances from the middle pass. */
const NORMAL_BOUND = NORMAL_SPAN / 2;
/** Mean logarithm of the excesses of a normal beyond it, and so many imagined ones: a tail of one value is none. */
const [NORMAL_EXCESS, PRIOR_EXCESSES] = [0.2, 10];

/** Brings a number of an event to a scale on which numbers of all features are as strange as each other at the same distance. */
interface NumberScale {
  /** NaN where nothing was told. */
  readonly median: number;
  readonly spread: number;
  /** A distance from the middle, in spreads, that a tenth passes, and the mean logarithm of how many times as far those are. */
  readonly bound: number;
  readonly excess: number;
}

/**
 * One scale for all features of a stream. Within what nine in ten events are, distances from the middle count in spreads; what is farther
 * counts by how rarely this feature goes so far: where it often goes astray, going astray says little.
 */
export class FeatureScale {
  private constructor(private readonly scales: readonly NumberScale[]) {}

  /** @param points numbers of events, at least one */
  static of(points: readonly Float64Array[]): FeatureScale {
    const grains = EVENT_FEATURES.flatMap(({ at, grain }) => at.map(() => grain));
    return new FeatureScale(Array.from({ length: WIDTH }, (_, at) => scaleOf(points, at, grains[at]!)));
  }

  /** The middle of each number, NaN where nothing was told. */
  get medians(): Float64Array {
    return Float64Array.from(this.scales, ({ median }) => median);
  }

  /** What is far stretched; what is not told counts as usual, as does less of what only more of can be odd. */
  scaled(numbers: Float64Array): Float64Array {
    return numbers.map((value, at) => {
      const { median, spread, bound, excess } = this.scales[at]!;
      const away = (value - median) / spread;
      if (Number.isNaN(away) || (away < 0 && MORE_ALONE.has(at))) return 0;
      const times = Math.abs(away) / bound;
      const far = times <= 1 ? times * NORMAL_BOUND : NORMAL_BOUND + Math.log(times) / excess;
      return Math.sign(away) * far ** EVENT_PROGRAM.stretch;
    });
  }
}

function scaleOf(points: readonly Float64Array[], at: number, grain: number): NumberScale {
  const told = Float64Array.from(points.flatMap((point) => (Number.isNaN(point[at]!) ? [] : [point[at]!])));
  if (told.length === 0) return { median: NaN, spread: grain, bound: NORMAL_BOUND, excess: NORMAL_EXCESS };
  told.sort();
  const median = quantileOf(told, 0.5);
  const span = quantileOf(told, 0.95) - quantileOf(told, 0.05);
  const spread = Math.max(grain, span / NORMAL_SPAN);
  const away = told.map(
    (value) => (MORE_ALONE.has(at) ? Math.max(0, value - median) : Math.abs(value - median)) / spread,
  );
  const bound = Math.max(NORMAL_BOUND, quantileOf(away.sort(), 0.9));
  const beyond = away.filter((one) => one > bound);
  const sum = beyond.reduce((total, one) => total + Math.log(one / bound), 0);
  const excess = (sum + PRIOR_EXCESSES * NORMAL_EXCESS) / (beyond.length + PRIOR_EXCESSES);
  return { median, spread, bound, excess };
}

import { SortedMemory } from '../calibration/sorted-memory.js';
import { CoarseValues } from './coarse-values.js';
import type { NumberRow } from './number-row.js';

/** Coarse values of one window. */
export const WINDOW = 8;
/** Windows that share more than half of their values with the current one are no witnesses. */
const APART = WINDOW / 2;
const KEPT = 1000;
const MEMORY = 4096;
/** One unit of distance in median deviations of a normal. */
const UNIT = 10 * 1.4826;
const LEAST_SCALE = 1e-3;
/** Distances are told in this quantile of earlier ones. */
const USUAL = 0.95;
/** Distance that is nothing, in units: keeps an all but constant series from calling its noise new. */
const NOTHING = 0.01;

/**
 * How new the last eight coarse values are: the least mean distance of their order statistics to those of any of the
 * last thousand windows, in units of ten robust standard deviations, and that held against the distances before. Order
 * statistics, because what has been seen at another moment of the window is not new. A nearest-neighbour distance as in a
 * matrix profile (Yeh et al. 2016), over the past alone; state bounded.
 */
export class NoveltyScale {
  private readonly coarse: CoarseValues;
  private readonly values = new SortedMemory(MEMORY);
  private readonly distances = new SortedMemory(MEMORY);
  private readonly recent: number[] = [];
  /** Order statistics of the kept windows, the oldest overwritten. */
  private readonly windows = new Float64Array(KEPT * WINDOW);
  private seen = 0;

  constructor(step: number) {
    this.coarse = new CoarseValues(step);
  }

  /** @returns multiples of a usual distance, or undefined between coarse values and while too little was seen */
  observe(value: number): number | undefined {
    const coarse = this.coarse.push(value);
    if (coarse === undefined) return undefined;
    this.values.push(coarse);
    this.recent.push(coarse);
    if (this.recent.length > WINDOW) this.recent.shift();
    if (this.recent.length < WINDOW) return undefined;
    return this.judge(Float64Array.from(this.recent).sort());
  }

  /** The coarse value that half of the kept ones lie below; NaN before the first. */
  get usual(): number {
    return this.values.quantile(0.5);
  }

  /** Everything that a later answer rests on, for {@link NoveltyScale.restore}: at most 8,200 numbers. */
  state(): number[] {
    const [values, distances] = [this.values.toArray(), this.distances.toArray()];
    return [...this.coarse.state(), this.seen, values.length, ...values, distances.length, ...distances];
  }

  /** Brings an unused scale of the same step to where another was. */
  restore(kept: NumberRow): void {
    this.coarse.restore(kept);
    this.seen = kept.next();
    const values = kept.list();
    for (const value of values) this.values.push(value);
    for (const distance of kept.list()) this.distances.push(distance);
    this.recent.push(...values.slice(-WINDOW));
    // Windows overlap in all but one value, so that the values alone make them again.
    for (let back = Math.min(this.seen, KEPT); back > 0; back -= 1) {
      const end = values.length - back + 1;
      this.windows.set(values.slice(end - WINDOW, end).sort(), ((this.seen - back) % KEPT) * WINDOW);
    }
  }

  private judge(window: Float64Array): number | undefined {
    const distance = this.seen > WINDOW ? this.nearest(window) / this.scale() : 0;
    this.windows.set(window, (this.seen % KEPT) * WINDOW);
    this.seen += 1;
    const usual = this.distances.length > 0 ? this.distances.quantile(USUAL) : undefined;
    this.distances.push(distance);
    return usual === undefined ? undefined : distance / (usual + NOTHING);
  }

  private scale(): number {
    const least = 1e-9 + LEAST_SCALE * Math.abs(this.values.quantile(0.5));
    return Math.max(UNIT * this.values.medianDeviation(), least);
  }

  private nearest(window: Float64Array): number {
    let best = Infinity;
    const oldest = Math.max(0, this.seen - KEPT);
    for (let at = oldest; at < this.seen - APART; at += 1) {
      const from = (at % KEPT) * WINDOW;
      let sum = 0;
      for (let place = 0; place < WINDOW && sum < best; place += 1) {
        sum += Math.abs(this.windows[from + place]! - window[place]!);
      }
      best = Math.min(best, sum);
    }
    return best / WINDOW;
  }
}

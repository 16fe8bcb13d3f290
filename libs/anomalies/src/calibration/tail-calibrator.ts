import type { NumberRow } from '../novelty/number-row.js';
import { quantileOf, Ring } from './ring.js';

const MEMORY = 2000;
const TAIL_SHARE = 0.05;
const REFIT_EVERY = 25;
const LEAST = 20;
/** So many imagined excesses of an exponential through median and bound: a tail of one value is none. */
const PRIOR_EXCESSES = 5;

/**
 * Turns the scores of one stream into p-values: the share of past scores that are larger, and beyond the upper twentieth
 * an exponential tail fitted to the excesses (a generalised Pareto tail of shape 0; Siffer et al. 2017 fit the shape too).
 * Bounded: the last 2,000 scores.
 */
export class TailCalibrator {
  private readonly seen: Ring;
  private sorted: Float64Array = new Float64Array(0);
  private passed = Infinity;
  private excess = 1;
  private sinceFit = 0;

  constructor(memory = MEMORY) {
    this.seen = new Ring(memory);
  }

  /**
   * What {@link TailCalibrator.state} gave, made again.
   *
   * @throws RangeError when it is no such state
   */
  static restore(kept: NumberRow, memory = MEMORY): TailCalibrator {
    const tail = new TailCalibrator(memory);
    [tail.sinceFit, tail.passed, tail.excess] = [kept.next(), kept.next(), kept.next()];
    for (const score of kept.list()) tail.seen.push(score);
    tail.sorted = Float64Array.from(kept.list());
    return tail;
  }

  /** The score that one in twenty of those before passed; infinite before the first. */
  get bound(): number {
    return this.passed;
  }

  /** Everything that is known, as numbers: two for each score that is remembered, and five. */
  state(): number[] {
    const [scores, sorted] = [this.seen.toArray(), this.sorted];
    const fit = [this.sinceFit, this.passed, this.excess];
    return [...fit, scores.length, ...scores, sorted.length, ...sorted];
  }

  /** The probability of a score this large or larger, by the scores before it; 1 until 20 were seen. */
  observe(score: number): number {
    const p = this.seen.length < LEAST ? 1 : this.tail(score);
    this.seen.push(score);
    this.sinceFit += 1;
    if (this.sinceFit >= Math.min(REFIT_EVERY, this.seen.length / 4)) this.fit();
    return p;
  }

  private tail(score: number): number {
    if (score > this.passed) return TAIL_SHARE * Math.exp(-(score - this.passed) / this.excess);
    const larger = this.sorted.length - firstAbove(this.sorted, score);
    return Math.max(TAIL_SHARE, (larger + 1) / (this.sorted.length + 1));
  }

  private fit(): void {
    this.sinceFit = 0;
    this.sorted = this.seen.sorted();
    this.passed = quantileOf(this.sorted, 1 - TAIL_SHARE);
    let sum = 0;
    let count = 0;
    for (let at = this.sorted.length - 1; at >= 0 && this.sorted[at]! > this.passed; at -= 1) {
      sum += this.sorted[at]! - this.passed;
      count += 1;
    }
    const spread = this.passed - quantileOf(this.sorted, 0.5);
    const usual = spread / Math.LN10;
    this.excess = Math.max((sum + PRIOR_EXCESSES * usual) / (count + PRIOR_EXCESSES), 1e-9);
  }
}

function firstAbove(sorted: Float64Array, score: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! > score) high = middle;
    else low = middle + 1;
  }
  return low;
}

import type { NumberRow } from '../novelty/number-row.js';
import { quantileOf, Ring } from './ring.js';

const MEMORY = 2_000;
const TAIL_SHARE = 0.02;
const REFIT_EVERY = 25;
const LEAST = 20;
/** So many imagined excesses of a power law through median and bound: a tail of one value is none. */
const PRIOR_EXCESSES = 5;

/**
 * Turns positive scores of one stream into p-values where some are many times as large as others: beyond the upper fiftieth
 * of the last 2,000 a power law, whose exponent is fitted to the logarithms of the excesses (Hill 1975). The law is fitted anew
 * after each score beyond the bound, so that a second one of its kind is less strange than the first.
 */
export class HeavyTail {
  private readonly seen = new Ring(MEMORY);
  private passed = Infinity;
  private excess = 1;
  private sinceFit = 0;

  /** @param caution standard errors by which the mean excess is taken to be larger than the fitted one */
  constructor(private readonly caution: number) {}

  /**
   * What {@link HeavyTail.state} gave, made again.
   *
   * @throws RangeError when it is no such state
   */
  static restore(kept: NumberRow, caution: number): HeavyTail {
    const tail = new HeavyTail(caution);
    [tail.sinceFit, tail.passed, tail.excess] = [kept.next(), kept.next(), kept.next()];
    for (const score of kept.list()) tail.seen.push(score);
    return tail;
  }

  /** The score that one in fifty of those before passed; infinite before the first. */
  get bound(): number {
    return this.passed;
  }

  /** Everything that is known, as numbers: one for each score that is remembered, and four. */
  state(): number[] {
    const scores = this.seen.toArray();
    return [this.sinceFit, this.passed, this.excess, scores.length, ...scores];
  }

  /** The probability of a score this large or larger, by the scores before it; 1 within the bound and until 20 were seen. */
  observe(score: number): number {
    const isBeyond = score > this.passed;
    const p = isBeyond && this.seen.length >= LEAST ? this.tail(score) : 1;
    this.seen.push(score);
    this.sinceFit += 1;
    if (isBeyond || this.sinceFit >= Math.min(REFIT_EVERY, this.seen.length / 4)) this.fit();
    return p;
  }

  private tail(score: number): number {
    return TAIL_SHARE * (score / this.passed) ** (-1 / this.excess);
  }

  private fit(): void {
    this.sinceFit = 0;
    const sorted = this.seen.sorted();
    this.passed = quantileOf(sorted, 1 - TAIL_SHARE);
    const beyond = sorted.filter((score) => score > this.passed);
    const sum = beyond.reduce((total, score) => total + Math.log(score / this.passed), 0);
    const usual = Math.log(this.passed / quantileOf(sorted, 0.5)) / Math.log(0.5 / TAIL_SHARE);
    const count = beyond.length + PRIOR_EXCESSES;
    const mean = (sum + PRIOR_EXCESSES * usual) / count;
    this.excess = Math.max(mean * (1 + this.caution / Math.sqrt(count)), 1e-3);
  }
}

import { Ring } from '../calibration/ring.js';
import type { NumberRow } from '../novelty/number-row.js';
import { qValues } from './benjamini-hochberg.js';

/** What is likelier than this is never told of, and does not help others to be. */
const CANDIDATE = 0.05;

/**
 * The q-value of each test of a stream among the tests before it: Benjamini and Hochberg over a window that ends with the test, so
 * that what was said once is never taken back. A window that is not yet full counts as full of tests that say nothing. Where nothing
 * is ever the matter, `level` in `window` tests come below `level`.
 */
export class RollingRate {
  private readonly recent: Ring;

  /** @param window tests that are looked at together */
  constructor(window: number) {
    this.recent = new Ring(window);
  }

  /**
   * What {@link RollingRate.state} gave, made again.
   *
   * @throws RangeError when it is no such state
   */
  static restore(kept: NumberRow, window: number): RollingRate {
    const rate = new RollingRate(window);
    for (const p of kept.list()) rate.recent.push(p);
    return rate;
  }

  /** @returns the false discovery rate at which the test would just be reported */
  observe(p: number): number {
    this.recent.push(p);
    if (p > CANDIDATE) return 1;
    const candidates = this.recent.toArray().filter((one) => one <= CANDIDATE);
    return qValues([...candidates], this.recent.capacity).at(-1)!;
  }

  /** Everything that is known, as numbers: one for each test of the window, and one. */
  state(): number[] {
    const tests = this.recent.toArray();
    return [tests.length, ...tests];
  }
}

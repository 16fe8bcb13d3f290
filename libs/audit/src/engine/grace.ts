import type { Fact } from './fact.js';
import type { Verdict, Violation } from './rule.js';
import { HOUR_MS } from './words.js';

/** A record may come days late. A rule that concludes from what is not there waits for it first. */
export class Grace {
  private recheckAt: number | undefined;

  public constructor(
    private readonly hours: number,
    private readonly now: number,
  ) {}

  /** Whether nothing that belongs to these events is to be waited for any more. */
  public isOver(...facts: readonly (Fact | undefined)[]): boolean {
    const recorded = facts.map((fact) => fact?.recorded ?? 0);
    return this.hasPassed(Math.max(...recorded) + this.hours * HOUR_MS);
  }

  /** Whether a moment has passed; if not, the verdict will ask to be judged again then. */
  public hasPassed(at: number): boolean {
    if (this.now >= at) return true;
    this.recheckAt = Math.min(this.recheckAt ?? at, at);
    return false;
  }

  public verdict(violations: readonly Violation[]): Verdict {
    return this.recheckAt === undefined ? { violations } : { violations, recheckAt: this.recheckAt };
  }
}

import type { NumberRow } from './number-row.js';

/** Coarse steps after an alarm in which the same event is not told again … */
const QUIET_STEPS = 24;
/** … unless it is so many times as new. */
const LOUDER = 2;
/** Scores above this count as an alarm that quiets the next, where nothing else is said. */
const ALARM = 0.8;

/** One alarm for one event: a score passes when none has lately, or when it is twice the last that did. */
export class EventAlarm {
  private last = -Infinity;
  private loudness = 0;

  /**
   * @param step readings that come to a coarse value
   * @param alarm scores above this quiet the next
   */
  constructor(
    private readonly step: number,
    private readonly alarm = ALARM,
  ) {}

  /** @returns the score, or 0 for a value of an event that was told */
  pass(score: number, place: number): number {
    if (place - this.last <= QUIET_STEPS * this.step && score <= LOUDER * this.loudness) return 0;
    if (score > this.alarm) {
      this.last = place;
      this.loudness = score;
    }
    return score;
  }

  /** The last event, for {@link EventAlarm.restore}. */
  state(): number[] {
    return [this.last, this.loudness];
  }

  restore(kept: NumberRow): void {
    this.last = kept.next();
    this.loudness = kept.next();
  }
}

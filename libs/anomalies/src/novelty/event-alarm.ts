/** Coarse steps after an alarm in which the same event is not told again … */
const QUIET_STEPS = 24;
/** … unless it is so many times as new. */
const LOUDER = 2;
/** Scores from here on count as an alarm that quiets the next. */
const ALARM = 0.8;

/** One alarm for one event: a score passes when none has lately, or when it is twice the last that did. */
export class EventAlarm {
  private last = -Infinity;
  private loudness = 0;

  /** @param step readings that come to a coarse value */
  constructor(private readonly step: number) {}

  /** @returns the score, or 0 for a value of an event that was told */
  pass(score: number, place: number): number {
    if (place - this.last <= QUIET_STEPS * this.step && score <= LOUDER * this.loudness) return 0;
    if (score > ALARM) {
      this.last = place;
      this.loudness = score;
    }
    return score;
  }
}

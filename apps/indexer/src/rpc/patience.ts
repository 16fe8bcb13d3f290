const KEPT = 64;
/** So many answers have to be known before anybody is called slow. */
const FEWEST = 8;
const SHARE = 0.95;
/** Nobody is called slow before. */
const LEAST_MS = 50;

/** How long an endpoint takes for one kind of work, so that an unusually long wait is noticed. */
export class Patience {
  private readonly durations: number[] = [];
  private next = 0;

  public took(ms: number): void {
    this.durations[this.next] = ms;
    this.next = (this.next + 1) % KEPT;
  }

  /** The 95th percentile of the last 64 durations, milliseconds; undefined while too few are known. */
  public get ms(): number | undefined {
    if (this.durations.length < FEWEST) return undefined;
    const sorted = [...this.durations].sort((left, right) => left - right);
    return Math.max(LEAST_MS, sorted[Math.ceil(SHARE * sorted.length) - 1] ?? 0);
  }
}

/** Share of all questions that may be asked twice: a slow network must not be asked twice as much (Dean and Barroso, 2013). */
const SECOND_SHARE = 0.1;
const MOST_SAVED = 5;

/** How many second questions may still be asked. */
export class SecondQuestions {
  private saved = 1;

  public asked(): void {
    this.saved = Math.min(MOST_SAVED, this.saved + SECOND_SHARE);
  }

  /** @returns whether one may be asked now; it is counted then */
  public take(): boolean {
    if (this.saved < 1) return false;
    this.saved--;
    return true;
  }
}

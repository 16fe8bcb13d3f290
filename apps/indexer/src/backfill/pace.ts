const WINDOW_MS = 10_000;

/** How fast the index moves on, over the last ten seconds. */
export interface PaceReport {
  readonly eventsPerSecond: number;
  readonly blocksPerSecond: number;
  /** Until the head is reached at this pace; null while the index stands still. */
  readonly etaSeconds: number | null;
}

interface Step {
  readonly atMs: number;
  readonly facts: number;
  readonly blocks: number;
}

/** Measures the pace of commits. */
export class Pace {
  private steps: Step[] = [];

  public constructor(private readonly nowMs: () => number) {}

  public committed(facts: number, blocks: number): void {
    this.steps.push({ atMs: this.nowMs(), facts, blocks });
  }

  /** @param behind blocks up to the head; undefined before two commits are known */
  public report(behind: number): PaceReport | undefined {
    const atMs = this.nowMs();
    this.steps = this.steps.filter((step) => atMs - step.atMs <= WINDOW_MS);
    // The first step's work was done before the window began.
    const [first, ...steps] = this.steps;
    if (!first || steps.length === 0) return undefined;
    const seconds = Math.max(1, atMs - first.atMs) / 1_000;
    const total = (key: 'facts' | 'blocks'): number => steps.reduce((sum, step) => sum + step[key], 0);
    const blocksPerSecond = total('blocks') / seconds;
    return {
      eventsPerSecond: Math.round(total('facts') / seconds),
      blocksPerSecond: Math.round(blocksPerSecond),
      etaSeconds: blocksPerSecond > 0 ? Math.ceil(behind / blocksPerSecond) : null,
    };
  }
}

import { parseTraceparent } from './traceparent.js';

const SAMPLED_A_SECOND = 10;
const MOST_SAVED = 50;

/**
 * How far clients decide what is traced. The trace that one names is taken up. That it wants to be sampled is granted ten
 * times a second in a process, fifty times in a row; beyond that its trace is not joined, and our own sampling decides.
 */
export class ClientContexts {
  private saved = MOST_SAVED;
  private lastMs: number | undefined;

  public constructor(private readonly nowMs: () => number) {}

  /** @returns the parent of the request's span: null for none */
  public parentOf(header: string | undefined): string | null {
    const parsed = parseTraceparent(header);
    if (!parsed || header === undefined) return null;
    if ((parsed.traceFlags & 1) === 0) return header;
    return this.granted() ? header : null;
  }

  private granted(): boolean {
    const nowMs = this.nowMs();
    const earned = ((nowMs - (this.lastMs ?? nowMs)) / 1_000) * SAMPLED_A_SECOND;
    this.lastMs = nowMs;
    this.saved = Math.min(MOST_SAVED, this.saved + earned);
    if (this.saved < 1) return false;
    this.saved -= 1;
    return true;
  }
}

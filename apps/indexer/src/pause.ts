/** A wait that ends at once when the process is told to stop. */
export class Pause {
  private wake: (() => void) | undefined;
  private over = false;
  private hinted = false;
  private hintWakes = false;

  public get ended(): boolean {
    return this.over;
  }

  public async for(milliseconds: number): Promise<void> {
    if (this.over) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      timer = setTimeout(resolve, milliseconds);
    });
    clearTimeout(timer);
  }

  /** As {@link for}, but a hint, also one given since the last such wait, ends it. */
  public async forOrHint(milliseconds: number): Promise<void> {
    this.hintWakes = true;
    if (!this.hinted) await this.for(milliseconds);
    this.hintWakes = this.hinted = false;
  }

  /** There is something to look at. */
  public hint(): void {
    this.hinted = true;
    if (this.hintWakes) this.wake?.();
  }

  public end(): void {
    this.over = true;
    this.wake?.();
  }
}

const FIRST_MS = 250;
const LONGEST_MS = 10_000;

/** Waits that double while things keep failing. */
export class Backoff {
  private current = FIRST_MS;

  public nextMs(): number {
    const delayMs = this.current;
    this.current = Math.min(LONGEST_MS, this.current * 2);
    return delayMs;
  }

  public reset(): void {
    this.current = FIRST_MS;
  }
}

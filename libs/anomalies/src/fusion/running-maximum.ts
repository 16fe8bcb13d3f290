const MOST = 512;

/** The largest of the last values of a stream, kept as the falling run of those that can still be it. */
export class RunningMaximum {
  private readonly run: { readonly at: number; readonly value: number }[] = [];
  private count = 0;

  /** Whether `value` is larger than the `span` values before it; then notes it. */
  exceeds(value: number, span: number): boolean {
    while (this.run.length > 0 && this.run[0]!.at < this.count - span) this.run.shift();
    const exceeds = this.run.length === 0 || value > this.run[0]!.value;
    while (this.run.length > 0 && this.run.at(-1)!.value <= value) this.run.pop();
    // The smallest go first: they would be the largest only after all others have left.
    if (this.run.length < MOST) this.run.push({ at: this.count, value });
    this.count += 1;
    return exceeds;
  }
}

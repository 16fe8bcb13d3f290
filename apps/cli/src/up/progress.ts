/** Says on a terminal what is being done: one line a step, the last one updated in place where the output is a terminal. */
export class Progress {
  private readonly startedMs: number;
  private open = false;

  public constructor(
    private readonly output: NodeJS.WriteStream,
    private readonly now: () => number,
  ) {
    this.startedMs = now();
  }

  public step(text: string): void {
    this.close();
    this.output.write(`${this.stamp()} ${text}`);
    if (this.output.isTTY) this.open = true;
    else this.output.write('\n');
  }

  /** Changes the step's line; without a terminal nothing is printed. */
  public update(text: string): void {
    if (this.output.isTTY) this.output.write(`\r\u001b[2K${this.stamp()} ${text}`);
  }

  public say(text: string): void {
    this.close();
    this.output.write(`${text}\n`);
  }

  private close(): void {
    if (this.open) this.output.write('\n');
    this.open = false;
  }

  private stamp(): string {
    return `[${((this.now() - this.startedMs) / 1_000).toFixed(1).padStart(5)} s]`;
  }
}

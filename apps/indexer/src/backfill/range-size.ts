/** Small, so that the first rows are written while more are fetched, and no first answer is huge. */
const FIRST_SIZE = 64;
const LARGEST_SIZE = 100_000;
/** Logs of one range are held in memory and written in one transaction. */
const WANTED_LOGS = 2_500;
/** How fast a refusal is forgotten: after some 35 answers, twice the size is tried again. */
const FORGETTING = 1.02;

/** How many blocks to ask for next: more while answers are small, fewer once the node refuses or answers are large. */
export class RangeSize {
  private size: number;
  private refusedSize = Number.POSITIVE_INFINITY;

  /** @param largest blocks of one range at most */
  public constructor(private readonly largest = LARGEST_SIZE) {
    this.size = Math.min(FIRST_SIZE, largest);
  }

  public get blocks(): number {
    return this.size;
  }

  public answered(blocks: number, logs: number): void {
    this.refusedSize *= FORGETTING;
    const doubled = Math.min(this.largest, this.size * 2);
    if (logs > WANTED_LOGS) this.size = Math.max(1, Math.floor((blocks * WANTED_LOGS) / logs));
    else if (blocks >= this.size && logs < WANTED_LOGS / 4 && doubled * FORGETTING < this.refusedSize)
      this.size = doubled;
  }

  public refused(blocks: number): void {
    this.refusedSize = Math.min(this.refusedSize, blocks);
    this.size = Math.max(1, Math.min(this.size, Math.floor(blocks / 2)));
  }
}

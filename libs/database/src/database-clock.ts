/** How far the clocks of two machines may drift apart unseen. */
const SYNC_INTERVAL_MS = 30_000;

/** What the clock asks; a DataSource is one. */
interface Queries {
  query(sql: string): Promise<unknown>;
}

/**
 * The time of the database, told by this machine's clock and its distance from the database's, which is measured every
 * {@link SYNC_INTERVAL_MS}. Processes on machines whose clocks differ agree by it on when a lease, a nonce or a key ends;
 * the error is half of the time that a query takes.
 *
 * @example const clock = new DatabaseClock(dataSource); await clock.start(); clock.now()
 */
export class DatabaseClock {
  private offsetMs = 0;
  private timer: NodeJS.Timeout | undefined;

  /** @param machineMs this machine's clock, Unix milliseconds */
  public constructor(
    private readonly database: Queries,
    private readonly machineMs: () => number = Date.now,
  ) {}

  /** Measures now, and again at intervals. A database that is away leaves the distance as it was. */
  public async start(): Promise<void> {
    await this.measure();
    this.timer = setInterval(() => void this.measure().catch(() => undefined), SYNC_INTERVAL_MS);
    this.timer.unref();
  }

  public stop(): void {
    clearInterval(this.timer);
  }

  public now(): Date {
    return new Date(this.machineMs() + this.offsetMs);
  }

  /** Milliseconds by which the database is ahead of this machine. */
  public get offset(): number {
    return Math.round(this.offsetMs);
  }

  private async measure(): Promise<void> {
    const askedMs = this.machineMs();
    const [row] = (await this.database.query('SELECT clock_timestamp() AS now')) as [{ now: Date }];
    const answeredMs = this.machineMs();
    this.offsetMs = row.now.getTime() - (askedMs + answeredMs) / 2;
  }
}

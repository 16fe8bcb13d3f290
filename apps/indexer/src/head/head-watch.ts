import type { Pause } from '../pause.js';
import type { HeadFeed } from './head-feed.js';

/** How often is looked all the same while heads are told: what a feed does not tell is found then. */
const LIVE_POLL_MS = 2_000;
/** First wait for an endpoint that does not have the block yet that was told. */
const LATE_MS = 20;

/** Waits for the next look at the chain: until a head is told, and never longer than the time between two polls. */
export class HeadWatch {
  private lateMs = LATE_MS;

  public constructor(
    private readonly feed: HeadFeed,
    private readonly pause: Pause,
    private readonly pollIntervalMs: number,
  ) {
    feed.onHead = () => pause.hint();
  }

  /** @param head the highest block that the last look found */
  public async next(head: number): Promise<void> {
    if (this.feed.state === 'LIVE' && this.feed.height > head) return this.late();
    this.lateMs = LATE_MS;
    this.feed.found(head);
    const live = this.feed.state === 'LIVE';
    await this.pause.forOrHint(live ? Math.max(LIVE_POLL_MS, this.pollIntervalMs) : this.pollIntervalMs);
  }

  /** A block was told that the endpoint asked does not have; it may come at any moment, or not at all. */
  private async late(): Promise<void> {
    const waitMs = Math.min(this.lateMs, this.pollIntervalMs);
    this.lateMs *= 2;
    await this.pause.forOrHint(waitMs);
  }
}

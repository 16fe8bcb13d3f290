/** How often something may be done. */
export interface Quota {
  readonly name: string;
  /** Also how many may come at once after a pause; 0 for no limit. */
  readonly perMinute: number;
}

/** Somebody who uses a quota. */
export interface Claim {
  readonly quota: Quota;
  readonly holder: string;
}

/** How a claim stands after it was made. */
export interface Standing {
  readonly quota: Quota;
  readonly isAllowed: boolean;
  /** Whole requests that are left now. */
  readonly remaining: number;
  /** Until one more may come; 0 while some are left. */
  readonly waitS: number;
}

interface Bucket {
  tokens: number;
  seenMs: number;
}

const MINUTE_MS = 60_000;
const MAX_BUCKETS = 50_000;

/**
 * Token buckets in memory. One that is full again is like none, so only who came within the last minute needs a place;
 * beyond 50,000 who came longest ago is forgotten first.
 */
export class TokenBuckets {
  private readonly buckets = new Map<string, Bucket>();

  public constructor(private readonly maxBuckets = MAX_BUCKETS) {}

  public get size(): number {
    return this.buckets.size;
  }

  /**
   * Takes one from each bucket, or none at all when one of them is empty.
   *
   * @param nowMs of a clock that never goes back
   * @returns the tightest of them, or undefined when nothing is limited
   */
  public take(claims: readonly Claim[], nowMs: number): Standing | undefined {
    const limited = claims
      .filter(({ quota }) => quota.perMinute > 0)
      .map(({ quota, holder }) => ({ quota, bucket: this.filled(`${quota.name}:${holder}`, quota, nowMs) }));
    const isAllowed = limited.every(({ bucket }) => bucket.tokens >= 1);
    if (isAllowed) for (const { bucket } of limited) bucket.tokens -= 1;
    const [tightest] = limited.sort((a, b) => a.bucket.tokens - b.bucket.tokens);
    if (!tightest) return undefined;
    const { quota, bucket } = tightest;
    const missing = Math.max(1 - bucket.tokens, 0);
    return {
      quota,
      isAllowed,
      remaining: Math.floor(bucket.tokens),
      waitS: Math.ceil((missing * MINUTE_MS) / quota.perMinute / 1_000),
    };
  }

  private filled(name: string, { perMinute }: Quota, nowMs: number): Bucket {
    const known = this.buckets.get(name) ?? { tokens: perMinute, seenMs: nowMs };
    known.tokens = Math.min(perMinute, known.tokens + ((nowMs - known.seenMs) * perMinute) / MINUTE_MS);
    known.seenMs = nowMs;
    // A Map gives its keys in the order in which they came in: who was seen last goes to the end.
    this.buckets.delete(name);
    this.buckets.set(name, known);
    if (this.buckets.size > this.maxBuckets) {
      const [oldest] = this.buckets.keys();
      if (oldest !== undefined) this.buckets.delete(oldest);
    }
    return known;
  }
}

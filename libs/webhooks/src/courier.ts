import type { Logger } from '@tallyhouse/config';
import type { ClaimedEndpoint, DeliveryRepository, NextDelivery } from './delivery.repository.js';
import { postMessage, type PostPolicy } from './post.js';
import { WebhookError } from './webhook.errors.js';

/** How patient a courier is; times in milliseconds. */
export interface CourierSettings {
  /** Webhooks called at once; one that is slow holds one of these and nobody else up. */
  readonly slots: number;
  /** Messages one after the other to one webhook before others get its slot. */
  readonly messagesATurn: number;
  /** A message is given up after so many. */
  readonly maxAttempts: number;
  /** Pause after the first failure; it doubles with each. */
  readonly firstPauseMs: number;
  readonly longestPauseMs: number;
  /** A process that died holds its webhooks for so long; more than an attempt can take. */
  readonly leaseMs: number;
  /** How often it looks for more while some are being called. */
  readonly lookMs: number;
}

/** 12 attempts in some 3 hours and a half. */
export const defaultCourierSettings: CourierSettings = {
  slots: 16,
  messagesATurn: 20,
  maxAttempts: 12,
  firstPauseMs: 10_000,
  longestPauseMs: 3_600_000,
  leaseMs: 30_000,
  lookMs: 250,
};

/** Time, as the courier sees it. */
export interface CourierClock {
  now(): Date;
  pause(ms: number): Promise<unknown>;
}

/**
 * Brings messages to webhooks: at least once each, in the order in which they were made for a webhook, again with growing
 * pauses, and given up after so many attempts so that those behind it get their turn. Any number may run at once.
 */
export class Courier {
  public constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly policy: PostPolicy,
    private readonly clock: CourierClock,
    private readonly logger: Logger,
    private readonly settings: CourierSettings = defaultCourierSettings,
  ) {}

  /**
   * Delivers until nothing is due, or until `untilMs` (Unix) and what is under way then.
   *
   * @returns whether any webhook was called
   */
  public async run(untilMs = Infinity): Promise<boolean> {
    const { slots, lookMs } = this.settings;
    const busy = new Set<Promise<void>>();
    let called = false;
    try {
      for (;;) {
        const isOver = this.clock.now().getTime() >= untilMs;
        for (const endpoint of isOver ? [] : await this.claim(slots - busy.size)) {
          const turn = this.serve(endpoint).finally(() => busy.delete(turn));
          busy.add(turn);
          called = true;
        }
        if (busy.size === 0) return called;
        await Promise.race([...busy, this.clock.pause(lookMs)]);
      }
    } finally {
      await Promise.allSettled(busy);
    }
  }

  private async claim(free: number): Promise<ClaimedEndpoint[]> {
    return free > 0 ? this.deliveries.claim(free, this.clock.now(), this.leaseEnds()) : [];
  }

  private async serve(endpoint: ClaimedEndpoint): Promise<void> {
    for (let turn = 0; turn < this.settings.messagesATurn; turn++) {
      const next = await this.deliveries.next(endpoint.id, this.clock.now(), this.leaseEnds());
      if (!next) break;
      await this.attempt(endpoint, next);
    }
    await this.deliveries.release(endpoint.id);
  }

  private async attempt(endpoint: ClaimedEndpoint, next: NextDelivery): Promise<void> {
    const { id: deliveryId, contentType, body, attempts } = next;
    const message = { ...endpoint, deliveryId, contentType, body, attempt: attempts + 1 };
    let status: number;
    try {
      status = await postMessage(message, this.clock.now(), this.policy);
    } catch (error) {
      if (!(error instanceof WebhookError)) throw error;
      await this.noteFailure(endpoint, next, error);
      return;
    }
    await this.deliveries.delivered(endpoint.id, deliveryId, status, this.clock.now());
    this.logger.debug({ event: 'webhook-delivered', endpoint: endpoint.id, delivery: deliveryId, status });
  }

  private async noteFailure(
    endpoint: ClaimedEndpoint,
    next: NextDelivery,
    error: WebhookError,
  ): Promise<void> {
    const attempt = next.attempts + 1;
    const pause = Math.max(this.pauseAfter(attempt), error.retryAfterMs ?? 0);
    const givesUp = attempt >= this.settings.maxAttempts;
    const dueAgain = givesUp ? null : new Date(this.clock.now().getTime() + pause);
    await this.deliveries.failed(next.id, error.message, error.status ?? null, dueAgain);
    this.logger.warn({
      event: givesUp ? 'webhook-given-up' : 'webhook-failed',
      endpoint: endpoint.id,
      delivery: next.id,
      attempt,
      reason: error.message,
      dueAgain,
    });
  }

  private pauseAfter(attempt: number): number {
    const { firstPauseMs, longestPauseMs } = this.settings;
    return Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs);
  }

  private leaseEnds(): Date {
    return new Date(this.clock.now().getTime() + this.settings.leaseMs);
  }
}

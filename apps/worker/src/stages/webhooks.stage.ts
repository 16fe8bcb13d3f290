import { setTimeout as pause } from 'node:timers/promises';
import type { Config, Logger } from '@tallyhouse/config';
import type { ProposalNotices } from '@tallyhouse/governance';
import type { SubscriptionRound } from '@tallyhouse/supply-chain';
import { Courier, DeliveryRepository } from '@tallyhouse/webhooks';
import type { DataSource } from 'typeorm';

/** A job ends after so long though more is due, so that the queue sees that this worker lives. */
const TURN_MS = 60_000;

/** Tells others' servers what they asked to be told. */
export class WebhooksStage {
  public constructor(
    private readonly round: SubscriptionRound,
    private readonly proposals: ProposalNotices,
    private readonly courier: Courier,
    private readonly logger: Logger,
  ) {}

  /** Makes messages of what was captured and of what became of proposals; returns whether there were any. */
  public async prepare(now: Date): Promise<boolean> {
    const made = (await this.round.run(now)) + (await this.proposals.run(now));
    if (made > 0) this.logger.info({ event: 'subscriptions-filled', messages: made });
    return made > 0;
  }

  /** Brings messages to webhooks; returns whether some were tried. */
  public deliver(now: Date): Promise<boolean> {
    return this.courier.run(now.getTime() + TURN_MS);
  }
}

/** The stage as the worker has it. */
export function webhooksStage(
  { webhookTrustedOrigins: trustedOrigins }: Config,
  dataSource: DataSource,
  round: SubscriptionRound,
  proposals: ProposalNotices,
  logger: Logger,
  now: () => Date,
): WebhooksStage {
  const clock = { now, pause: (ms: number) => pause(ms) };
  const courier = new Courier(new DeliveryRepository(dataSource), { trustedOrigins }, clock, logger);
  return new WebhooksStage(round, proposals, courier, logger);
}

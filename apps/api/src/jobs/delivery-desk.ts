import { Injectable } from '@nestjs/common';
import { asKeeper, ProcessClock } from '@tallyhouse/database';
import { DeliveryRepository, type DeadDelivery, type DeliveryCounts } from '@tallyhouse/webhooks';

/** Messages to the webhooks of all partners, which only the keeper sees; secrets of webhooks it does not. */
@Injectable()
export class DeliveryDesk {
  public constructor(
    private readonly deliveries: DeliveryRepository,
    private readonly clock: ProcessClock,
  ) {}

  public counts(): Promise<DeliveryCounts> {
    return asKeeper(() => this.deliveries.counts());
  }

  /** Given-up messages, oldest first. */
  public dead(first: number): Promise<DeadDelivery[]> {
    return asKeeper(() => this.deliveries.dead(null, first));
  }

  /**
   * Sends given-up messages again.
   *
   * @param id null for all of them
   * @returns how many
   */
  public retry(id: string | null): Promise<number> {
    const selection = id === null ? {} : { deliveryId: id };
    return asKeeper(() => this.deliveries.retry(selection, this.clock.now()));
  }
}

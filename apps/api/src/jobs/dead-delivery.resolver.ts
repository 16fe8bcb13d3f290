import { UseGuards } from '@nestjs/common';
import { Args, ID, Int, Mutation, Query, Resolver } from '@nestjs/graphql';
import type { DeadDelivery, DeliveryCounts } from '@tallyhouse/webhooks';
import { DeadDeliveryModel, DeliveryCountsModel } from './dead-delivery.model.js';
import { DeliveryDesk } from './delivery-desk.js';
import { OperatorGuard } from './operator.guard.js';

const MOST = 200;

/** Messages to webhooks that were given up. A partner sees its own by REST. */
@Resolver(() => DeadDeliveryModel)
export class DeadDeliveryResolver {
  public constructor(private readonly deliveries: DeliveryDesk) {}

  @Query(() => DeliveryCountsModel, { complexity: 20 })
  public deliveryCounts(): Promise<DeliveryCounts> {
    return this.deliveries.counts();
  }

  @UseGuards(OperatorGuard)
  @Query(() => [DeadDeliveryModel], {
    complexity: 200,
    description: `For operators: oldest first; at most ${MOST}.`,
  })
  public deadDeliveries(): Promise<DeadDelivery[]> {
    return this.deliveries.dead(MOST);
  }

  @UseGuards(OperatorGuard)
  @Mutation(() => Int, {
    complexity: 50,
    description: 'For operators: sends one given-up message again, or all of them; how many.',
  })
  public retryDeliveries(@Args('id', { type: () => ID, nullable: true }) id: string | null): Promise<number> {
    return this.deliveries.retry(id);
  }
}

import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { DeadDelivery, DeliveryCounts } from '@tallyhouse/webhooks';
import { DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

@ObjectType('DeliveryCounts', { description: 'Messages to webhooks.' })
export class DeliveryCountsModel implements DeliveryCounts {
  @Field(() => Int, { description: 'Not delivered yet.' })
  public waiting: number;

  @Field(() => Int, { description: 'Given up after the last attempt; they stay until they are sent again.' })
  public dead: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the oldest that waits was made.' })
  public oldestWaitingAt: Date | null;
}

@ObjectType('DeadDelivery', {
  description: 'A message to a webhook that was given up; its body is not told.',
})
export class DeadDeliveryModel implements Omit<DeadDelivery, 'endpointId'> {
  @Field(() => ID)
  public id: string;

  @Field(() => HexScalar)
  public partner: string;

  @Field(() => String)
  public purpose: string;

  @Field(() => String)
  public url: string;

  @Field(() => DateTimeScalar)
  public createdAt: Date;

  @Field(() => Int)
  public attempts: number;

  @Field(() => String, { nullable: true })
  public lastError: string | null;

  @Field(() => Int)
  public bytes: number;
}

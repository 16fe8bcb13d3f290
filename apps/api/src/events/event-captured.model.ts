import { Field, ID, Int, ObjectType } from '@nestjs/graphql';

@ObjectType('EventCaptured', { description: 'A capture that stored events.' })
export class EventCapturedModel {
  @Field(() => ID)
  public jobId: string;

  @Field(() => Int, { description: 'Events stored.' })
  public count: number;
}

import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { EventCorrection } from '@tallyhouse/supply-chain';
import { DateTimeScalar } from '../shared/scalars/index.js';

@ObjectType('EventCorrection', {
  description:
    'An errorDeclaration of the same partner that names the event. The event stays, and so does the declaration, as an event.',
})
export class EventCorrectionModel implements EventCorrection {
  @Field(() => ID, { description: 'The event that is declared wrong.' })
  public eventId: string;

  @Field(() => ID, { description: 'The event whose errorDeclaration says so.' })
  public declaredErroneousBy: string;

  @Field(() => String, { nullable: true, description: 'As sent: did_not_occur, incorrect_data, or a URI.' })
  public reason: string | null;

  @Field(() => DateTimeScalar)
  public declarationTime: Date;

  @Field(() => [String], { description: 'EventIDs of the events that are right instead, as sent.' })
  public correctiveEventIds: readonly string[];

  @Field(() => [ID], { description: 'Those of them that are captured.' })
  public correctedBy: readonly string[];
}

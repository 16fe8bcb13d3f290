import { Field, InputType } from '@nestjs/graphql';
import type { EventFilter, EventStatus } from '@tallyhouse/supply-chain';
import { DateTimeScalar, HexScalar } from '../shared/scalars/index.js';
import { EventStatusEnum } from './event.model.js';

@InputType('EventFilter', { description: 'Which events; every given field must match.' })
export class EventFilterInput implements EventFilter {
  @Field(() => String, { nullable: true, description: 'Local name of a CBV term, for example shipping.' })
  public bizStep?: string | null;

  @Field(() => String, { nullable: true, description: 'ObjectEvent, AggregationEvent ...' })
  public type?: string | null;

  @Field(() => String, { nullable: true, description: 'Item, lot or container, as Digital Link or URN.' })
  public item?: string | null;

  @Field(() => String, { nullable: true, description: 'Read point or business location.' })
  public location?: string | null;

  @Field(() => HexScalar, { nullable: true })
  public partner?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Event time, inclusive.' })
  public from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Event time, exclusive.' })
  public to?: Date | null;

  @Field(() => EventStatusEnum, { nullable: true })
  public status?: EventStatus | null;
}

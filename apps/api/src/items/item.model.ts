import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { ItemRow } from '@tallyhouse/supply-chain';
import { DateTimeScalar } from '../shared/scalars/index.js';

@ObjectType('Item', { description: 'What the last events say of an item, lot or container.' })
export class ItemModel implements ItemRow {
  @Field(() => String, { description: 'GS1 Digital Link in canonical form.' })
  public uri: string;

  @Field(() => Int)
  public eventCount: number;

  @Field(() => DateTimeScalar)
  public lastSeen: Date;

  @Field(() => String, { nullable: true })
  public lastLocation: string | null;

  @Field(() => String, { nullable: true })
  public lastBizStep: string | null;

  @Field(() => String, { nullable: true })
  public disposition: string | null;
}

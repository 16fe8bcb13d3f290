import { Field, Float, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { ItemPosition, ItemState, LotAmount } from '@tallyhouse/audit';
import { DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

export const ItemStateEnum = {
  ON_HAND: 'ON_HAND',
  IN_TRANSIT: 'IN_TRANSIT',
  CONSUMED: 'CONSUMED',
  SOLD: 'SOLD',
  DISPOSED: 'DISPOSED',
  UNKNOWN: 'UNKNOWN',
} as const;
registerEnumType(ItemStateEnum, { name: 'ItemState', description: 'With somebody, on its way, or gone.' });

const HolderByEnum = { CUSTODY: 'CUSTODY', REPORT: 'REPORT' } as const;
registerEnumType(HolderByEnum, {
  name: 'HolderBy',
  description: 'CUSTODY: the contract says so. REPORT: the partner reported last.',
});

@ObjectType('LotAmount', { description: 'How much of a lot was made, and how much of it is gone.' })
export class LotAmountModel implements LotAmount {
  @Field(() => String, { nullable: true })
  public uom: string | null;

  @Field(() => Float)
  public made: number;

  @Field(() => Float)
  public consumed: number;

  @Field(() => Float)
  public sold: number;

  @Field(() => Float)
  public disposed: number;
}

@ObjectType('ItemPosition', { description: 'Where an item is and who answers for it.' })
export class ItemPositionModel implements ItemPosition {
  @Field(() => String)
  public uri: string;

  @Field(() => ItemStateEnum)
  public state: ItemState;

  @Field(() => String, {
    nullable: true,
    description: 'Last known site; of goods on their way, the one they left.',
  })
  public location: string | null;

  @Field(() => HexScalar, { nullable: true, description: 'Address of the partner.' })
  public holder: string | null;

  @Field(() => HolderByEnum, { nullable: true })
  public holderBy: 'CUSTODY' | 'REPORT' | null;

  @Field(() => [String], { description: 'Containers that it is in, innermost first.' })
  public containedIn: readonly string[];

  @Field(() => ID, { nullable: true })
  public lastEvent: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  public lastSeen: Date | null;

  @Field(() => LotAmountModel, { nullable: true })
  public amount: LotAmountModel | null;
}

@ObjectType('ItemContent', { description: 'What is in a container now.' })
export class ItemContentModel {
  @Field(() => String)
  public uri: string;

  @Field(() => Float, { nullable: true })
  public quantity: number | null;

  @Field(() => String, { nullable: true })
  public uom: string | null;

  @Field(() => DateTimeScalar)
  public since: Date;

  @Field(() => ID)
  public eventId: string;
}

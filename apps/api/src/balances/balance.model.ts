import { Field, Float, ID, ObjectType } from '@nestjs/graphql';
import type { Balance, Overspending, SiteBalance, Yield } from '@tallyhouse/audit';
import { DateTimeScalar } from '../shared/scalars/index.js';

@ObjectType('Shortfall', { description: 'When the books first went below zero, and by which event.' })
export class ShortfallModel {
  @Field(() => ID)
  public eventId: string;

  @Field(() => DateTimeScalar)
  public time: Date;
}

@ObjectType('Balance', { description: 'The books in one unit: opening + in + gap = out + stock.' })
export class BalanceModel implements Balance {
  @Field(() => String, {
    description: 'UN/ECE Recommendation 20; the base unit of its dimension where that is known.',
  })
  public unit: string;

  @Field(() => Float)
  public opening: number;

  @Field(() => Float)
  public in: number;

  @Field(() => Float)
  public out: number;

  @Field(() => Float)
  public stock: number;

  @Field(() => Float, { description: 'How much more went out than had come in.' })
  public gap: number;

  public firstShortfall: Balance['firstShortfall'];

  @Field(() => [ID], { description: 'Events that moved this unit within the window, by time.' })
  public evidence: readonly string[];
}

@ObjectType('YieldFault', { description: 'A transformation whose yield is out of bounds.' })
export class YieldFaultModel implements Yield {
  @Field(() => ID)
  public eventId: string;

  @Field(() => String)
  public unit: string;

  @Field(() => Float)
  public input: number;

  @Field(() => Float)
  public output: number;

  @Field(() => Float)
  public yield: number;

  @Field(() => Float, { description: 'How much more came out than the bounds allow.' })
  public excess: number;

  @Field(() => Float, { description: 'How much less came out than the bounds ask for.' })
  public loss: number;
}

@ObjectType('Overspending', { description: 'A certified lot of which more was used than was made.' })
export class OverspendingModel implements Overspending {
  @Field(() => String)
  public claim: string;

  @Field(() => String)
  public unit: string;

  @Field(() => Float)
  public made: number;

  @Field(() => Float)
  public spent: number;

  @Field(() => Float)
  public excess: number;

  @Field(() => [ID])
  public evidence: readonly string[];
}

@ObjectType('MassBalance')
export class MassBalanceModel implements Omit<SiteBalance, 'yields'> {
  @Field(() => String)
  public site: string;

  @Field(() => String)
  public product: string;

  @Field(() => [BalanceModel])
  public balances: readonly BalanceModel[];

  @Field(() => [YieldFaultModel])
  public yields: readonly YieldFaultModel[];

  @Field(() => [OverspendingModel])
  public overspent: readonly OverspendingModel[];
}

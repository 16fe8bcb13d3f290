import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { DecomposedPeriod, SeriesDecomposition } from '@tallyhouse/forecasting';
import { DateTimeScalar } from '../shared/scalars/index.js';

@ObjectType('DecomposedPeriod', {
  description: 'One period, in the units of the series; the parts sum to the value.',
})
export class DecomposedPeriodModel implements DecomposedPeriod {
  @Field(() => DateTimeScalar)
  public periodStart: Date;

  @Field(() => Float, { description: 'A period without events is zero.' })
  public observed: number;

  @Field(() => Float)
  public trend: number;

  @Field(() => Float, { description: 'All seasons together; 0 while none was seen twice.' })
  public season: number;

  @Field(() => Float)
  public remainder: number;
}

@ObjectType('Decomposition', {
  description: 'What a series is made of (MSTL), from the same whole periods that forecasts are made of.',
})
export class DecompositionModel implements SeriesDecomposition {
  @Field(() => DateTimeScalar, {
    description: 'Where the data end; the period that begins here is not whole.',
  })
  public asOf: Date;

  @Field(() => [Int], {
    description: 'Periods in each season, shortest first; none while none was seen twice.',
  })
  public seasonLengths: readonly number[];

  @Field(() => Float, { description: 'How much of what moves beside the seasons is trend, 0 to 1.' })
  public trendStrength: number;

  @Field(() => Float, {
    nullable: true,
    description: 'How much of what moves beside the trend is season, 0 to 1.',
  })
  public seasonStrength: number | null;

  @Field(() => [DecomposedPeriodModel], { description: 'Oldest first.' })
  public periods: readonly DecomposedPeriodModel[];
}

import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { StockOutRow } from '@tallyhouse/forecasting';
import { DateTimeScalar } from '../shared/scalars/index.js';

@ObjectType('StockOut', {
  description:
    'That stock of a product ran out, as its partner said it: what was sold then is the least that was wanted.',
})
export class StockOutModel implements Omit<StockOutRow, 'seriesId'> {
  @Field(() => Int, {
    description: 'Order in which statements were recorded; a run says up to which it knew them.',
  })
  public number: number;

  @Field(() => String, { nullable: true, description: 'Null for all sites.' })
  public site: string | null;

  @Field(() => String, { description: 'YYYY-MM-DD, UTC.' })
  public firstDay: string;

  @Field(() => String, { description: 'YYYY-MM-DD, UTC; included.' })
  public lastDay: string;

  @Field(() => Float, {
    description: 'Share of these days in which the shelf was empty; 0 takes back what was said.',
  })
  public share: number;

  @Field(() => String, { description: 'Account, key or tool that spoke for the partner.' })
  public saidBy: string;

  @Field(() => DateTimeScalar, { description: 'By their own account.' })
  public saidAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it came here.' })
  public recordedAt: Date;
}

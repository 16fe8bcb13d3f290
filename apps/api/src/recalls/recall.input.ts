import { Field, InputType } from '@nestjs/graphql';
import type { RecallCriteria } from '@tallyhouse/audit';
import { DateTimeScalar } from '../shared/scalars/index.js';

@InputType('RecallCriteria', {
  description:
    'What is recalled: the items named, and whatever was handled under all the other conditions together; from there everything that the goods went into.',
})
export class RecallCriteriaInput implements RecallCriteria {
  @Field(() => [String], { nullable: true, description: 'Items, lots or containers.' })
  public items?: readonly string[] | null;

  @Field(() => [String], { nullable: true, description: 'Product classes, as GTIN or identifier.' })
  public products?: readonly string[] | null;

  @Field(() => [String], { nullable: true, description: 'Read points or business locations.' })
  public sites?: readonly string[] | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Event time, inclusive.' })
  public from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Event time, exclusive.' })
  public to?: Date | null;
}

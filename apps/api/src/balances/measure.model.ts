import { Field, Float, InputType, ObjectType } from '@nestjs/graphql';
import type { ProductMeasure, ProductMeasureInput } from '@tallyhouse/audit';

const NET_CONTENT = 'Of one piece, in `uom`; a piece is only a piece where it is absent.';
const UNIT = 'UN/ECE Recommendation 20.';

@ObjectType('ProductMeasure', {
  description: 'What a piece of a product holds, and how much of it comes out of what goes in.',
})
export class ProductMeasureModel implements ProductMeasure {
  @Field(() => String, { description: 'Digital Link of the class.' })
  public product: string;

  @Field(() => Float, { nullable: true, description: NET_CONTENT })
  public netContent: number | null;

  @Field(() => String, { nullable: true, description: UNIT })
  public uom: string | null;

  @Field(() => Float, { description: 'Least output by input, in one unit.' })
  public yieldMin: number;

  @Field(() => Float, { description: 'Greatest output by input, in one unit.' })
  public yieldMax: number;
}

@InputType('ProductMeasureInput')
export class ProductMeasureInputType implements ProductMeasureInput {
  @Field(() => String, { description: 'GTIN, or Digital Link of the class.' })
  public product: string;

  @Field(() => Float, { nullable: true, description: NET_CONTENT })
  public netContent?: number | null;

  @Field(() => String, { nullable: true, description: UNIT })
  public uom?: string | null;

  @Field(() => Float, { nullable: true, description: 'From 0, which is what holds when it is left out.' })
  public yieldMin?: number | null;

  @Field(() => Float, { nullable: true, description: 'From yieldMin; 1 when it is left out.' })
  public yieldMax?: number | null;
}

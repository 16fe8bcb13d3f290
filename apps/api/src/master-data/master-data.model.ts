import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { MasterDataAttribute } from '@tallyhouse/epcis';
import type { MasterDataRow } from '@tallyhouse/supply-chain';
import { DateTimeScalar, HexScalar, JsonScalar } from '../shared/scalars/index.js';

@ObjectType('MasterDataAttribute', { description: 'One thing that is said of an element.' })
export class MasterDataAttributeModel implements MasterDataAttribute {
  @Field(() => String, { description: 'Name as it was sent.' })
  public id: string;

  @Field(() => String, { description: 'The one spelling of the name, a URI where its prefix is known.' })
  public name: string;

  @Field(() => JsonScalar, { description: 'As it was sent.' })
  public value: MasterDataAttribute['value'];
}

@ObjectType('MasterDataElement', {
  description: 'One version of what a partner says of a place, a product, a party; it came with a document.',
})
export class MasterDataModel implements MasterDataRow {
  @Field(() => HexScalar, { description: 'Who says it.' })
  public partner: string;

  @Field(() => String, {
    description: 'ReadPoint, BusinessLocation, EPCClass …, or the URI of an own vocabulary.',
  })
  public vocabulary: string;

  @Field(() => String, { description: 'As it was sent.' })
  public id: string;

  @Field(() => String, { description: 'The form under which two spellings are equal.' })
  public uri: string;

  @Field(() => Int, { description: 'From 1.' })
  public version: number;

  @Field(() => [MasterDataAttributeModel])
  public attributes: readonly MasterDataAttributeModel[];

  @Field(() => [String], { description: 'Elements inside this one.' })
  public children: readonly string[];

  @Field(() => DateTimeScalar)
  public recordedAt: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null while it is in force.' })
  public supersededAt: Date | null;

  public jobId: string;
}

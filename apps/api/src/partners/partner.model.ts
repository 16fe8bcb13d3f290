import { Field, ObjectType } from '@nestjs/graphql';
import type { PartnerRow } from '@tallyhouse/supply-chain';
import { HexScalar } from '../shared/scalars/index.js';

@ObjectType('Partner', { description: 'A partner in the registry on chain.' })
export class PartnerModel implements PartnerRow {
  @Field(() => HexScalar)
  public address: string;

  @Field(() => String)
  public gln: string;

  @Field(() => String)
  public name: string;
}

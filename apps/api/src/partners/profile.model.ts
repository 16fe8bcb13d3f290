import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { ProfileFault } from '@tallyhouse/epcis';
import type { ProfileRow } from '@tallyhouse/supply-chain';
import { DateTimeScalar, HexScalar, JsonScalar } from '../shared/scalars/index.js';

export const ProfileSetterEnum = { OPERATOR: 'OPERATOR', PARTNER: 'PARTNER' } as const;
registerEnumType(ProfileSetterEnum, {
  name: 'ProfileSetter',
  description: 'Who decided that a profile be met.',
  valuesMap: {
    OPERATOR: { description: 'The operator; a partner cannot lift it.' },
    PARTNER: { description: 'The partner itself.' },
  },
});

@ObjectType('PartnerProfile', {
  description:
    'One version of what events of a partner must be beyond the standard. A version never changes.',
})
export class ProfileModel implements ProfileRow {
  @Field(() => ID)
  public id: string;

  @Field(() => HexScalar, { nullable: true, description: 'Whose events it judges; null: every partner.' })
  public partner: string | null;

  @Field(() => String)
  public name: string;

  @Field(() => Int, { description: 'From 1.' })
  public version: number;

  @Field(() => [String], { description: 'Business steps of the events that it judges; empty: every event.' })
  public bizSteps: string[];

  @Field(() => JsonScalar, { description: 'JSON Schema.' })
  public schema: object;

  @Field(() => ProfileSetterEnum)
  public setBy: ProfileRow['setBy'];

  @Field(() => DateTimeScalar)
  public createdAt: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null while it is in force.' })
  public retiredAt: Date | null;
}

@ObjectType('ProfileFault', { description: 'One thing wrong with the schema of a profile.' })
export class ProfileFaultModel implements ProfileFault {
  @Field(() => String, { description: 'JSON Pointer (RFC 6901) into the schema.' })
  public pointer: string;

  @Field(() => String)
  public rule: string;

  @Field(() => String)
  public found: string;

  @Field(() => String)
  public expected: string;
}

@ObjectType('PutPartnerProfile', {
  description: 'The version that is in force now, or why the schema is no profile.',
})
export class PutProfileModel {
  @Field(() => ProfileModel, { nullable: true })
  public profile: ProfileModel | null;

  @Field(() => [ProfileFaultModel])
  public faults: ProfileFaultModel[];
}

@InputType('PartnerProfileInput')
export class ProfileInputModel {
  @Field(() => String, {
    description: 'Small letters, digits and . _ -; versions of one name follow each other.',
  })
  public name: string;

  @Field(() => [String], {
    defaultValue: [],
    description: 'Words of CBV or URIs; none: the profile judges every event.',
  })
  public bizSteps: string[];

  @Field(() => JsonScalar, { description: 'JSON Schema, 2020-12 unless $schema names draft-07.' })
  public schema: unknown;
}

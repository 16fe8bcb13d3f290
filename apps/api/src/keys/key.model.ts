import { Field, ID, InputType, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { ApiKeyRow, KeyScope } from '@tallyhouse/identity';
import { DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

export const KeyScopeEnum = {
  CAPTURE: 'capture',
  QUERY: 'query',
  SUBSCRIBE: 'subscribe',
  PROFILE: 'profile',
  JUDGE: 'judge',
  RECALL: 'recall',
  KEYS: 'keys',
} as const;
registerEnumType(KeyScopeEnum, {
  name: 'KeyScope',
  description: 'What an API key may do.',
  valuesMap: {
    CAPTURE: { description: 'Send events and texts, and see the own capture jobs and documents.' },
    QUERY: { description: 'Keep and remove named queries.' },
    SUBSCRIBE: { description: 'Subscribe a webhook to named queries.' },
    PROFILE: { description: 'Set profiles and measures.' },
    JUDGE: { description: 'Judge findings and anomalies, correct labels of texts.' },
    RECALL: { description: 'Open recalls.' },
    KEYS: { description: 'Make, rotate and revoke keys.' },
  },
});

@ObjectType('ApiKey', { description: "A key of a partner's machines, without its secret." })
export class ApiKeyModel implements ApiKeyRow {
  @Field(() => ID)
  public id: string;

  @Field(() => HexScalar)
  public partner: string;

  @Field(() => String)
  public label: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its first signs; null for one made before they were kept.',
  })
  public prefix: string | null;

  @Field(() => [KeyScopeEnum])
  public scopes: KeyScope[];

  @Field(() => DateTimeScalar)
  public createdAt: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends by itself; null: never.' })
  public expiresAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'To the minute.' })
  public lastUsedAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  public revokedAt: Date | null;

  @Field(() => ID, { nullable: true, description: 'The key that took its place.' })
  public replacedBy: string | null;
}

@ObjectType('IssuedApiKey', { description: 'A new key. Its secret is shown this once.' })
export class IssuedKeyModel {
  @Field(() => String, { description: 'What is sent in the header x-api-key.' })
  public secret: string;

  @Field(() => ApiKeyModel)
  public key: ApiKeyModel;
}

@InputType('NewApiKey')
export class NewKeyModel {
  @Field(() => String, { description: 'What it is for, 1 to 200 characters.' })
  public label: string;

  @Field(() => [KeyScopeEnum], { description: 'Some of the scopes of the key that asks.' })
  public scopes: KeyScope[];

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends by itself.' })
  public expiresAt?: Date | null;
}

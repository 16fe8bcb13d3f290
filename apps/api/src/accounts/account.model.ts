import { Field, Int, ObjectType } from '@nestjs/graphql';
import type {
  AccountStanding,
  Delegate,
  Delegator,
  Participation,
  PowerChange,
} from '@tallyhouse/governance';
import { connectionType } from '../shared/relay/connection.js';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

@ObjectType('Participation', { description: 'How often an account voted when it could.' })
export class ParticipationModel implements Omit<Participation, 'address'> {
  @Field(() => Int, {
    description: 'Of the last 100 votes that opened, those at whose snapshot it had votes.',
  })
  public couldVote: number;

  @Field(() => Int)
  public voted: number;
}

@ObjectType('Delegate', {
  description: 'An account that votes with what others, or itself, delegated to it.',
})
export class DelegateModel implements Delegate {
  @Field(() => HexScalar)
  public address: string;

  @Field(() => BigIntScalar)
  public votes: bigint;

  @Field(() => Int, { description: 'Holders of tokens whose delegate it is, itself among them.' })
  public delegators: number;
}

export const DelegateConnectionModel = connectionType(DelegateModel, 'Delegate');

@ObjectType('PowerChange', { description: "What an account's votes became with one transaction." })
export class PowerChangeModel implements PowerChange {
  @Field(() => DateTimeScalar)
  public at: Date;

  @Field(() => BigIntScalar)
  public previousVotes: bigint;

  @Field(() => BigIntScalar)
  public votes: bigint;

  @Field(() => BigIntScalar)
  public blockNumber: string;

  @Field(() => HexScalar)
  public txHash: string;
}

export const PowerChangeConnectionModel = connectionType(PowerChangeModel, 'PowerChange');

@ObjectType('Delegator', { description: 'A holder whose tokens the account votes with.' })
export class DelegatorModel implements Delegator {
  @Field(() => HexScalar)
  public address: string;

  @Field(() => BigIntScalar, { description: 'Tokens that it holds now.' })
  public balance: bigint;

  @Field(() => DateTimeScalar)
  public since: Date;

  @Field(() => HexScalar)
  public txHash: string;
}

export const DelegatorConnectionModel = connectionType(DelegatorModel, 'Delegator');

@ObjectType('Account', {
  description: 'What an account has to do with votes; amounts in the smallest unit of the token.',
})
export class AccountModel implements AccountStanding {
  @Field(() => HexScalar)
  public address: string;

  @Field(() => BigIntScalar, { description: 'Votes that it has now, its own and those delegated to it.' })
  public votes: bigint;

  @Field(() => BigIntScalar, { description: 'Tokens that it holds.' })
  public balance: bigint;

  @Field(() => HexScalar, {
    nullable: true,
    description: 'Who votes with its tokens: itself, another account, or nobody yet.',
  })
  public delegate: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  public delegateSince: Date | null;
}

import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { BallotKind } from '@tallyhouse/chain';
import type { BallotRefusalCode, BallotState, RelayedBallot } from '@tallyhouse/governance';
import { SupportEnum } from '../proposals/vote.model.js';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

export const BallotKindEnum: { readonly [Kind in BallotKind]: Kind } = {
  PLAIN: 'PLAIN',
  REASONED: 'REASONED',
  OVERRIDE: 'OVERRIDE',
};
registerEnumType(BallotKindEnum, {
  name: 'BallotKind',
  description: "A plain vote, one with a reason or params, or one over the head of the voter's delegate.",
});

export const BallotStateEnum: { readonly [State in BallotState]: State } = {
  SUBMITTED: 'SUBMITTED',
  SENT: 'SENT',
  MINED: 'MINED',
  INDEXED: 'INDEXED',
  FAILED: 'FAILED',
};
registerEnumType(BallotStateEnum, {
  name: 'BallotState',
  description: 'Taken; sent to the chain; in a block; among the votes of the index; or given up.',
});

export const BallotRefusalCodeEnum: { readonly [Code in BallotRefusalCode]: Code } = {
  MALFORMED: 'MALFORMED',
  RELAYER_OFF: 'RELAYER_OFF',
  RELAYER_DOWN: 'RELAYER_DOWN',
  TOO_MANY_ATTEMPTS: 'TOO_MANY_ATTEMPTS',
  TOO_MANY_BALLOTS: 'TOO_MANY_BALLOTS',
  BALLOT_ON_ITS_WAY: 'BALLOT_ON_ITS_WAY',
  NONCE_USED: 'NONCE_USED',
  NONCE_AHEAD: 'NONCE_AHEAD',
  SIGNATURE_INVALID: 'SIGNATURE_INVALID',
  ALREADY_VOTED: 'ALREADY_VOTED',
  VOTE_NOT_OPEN: 'VOTE_NOT_OPEN',
  PROPOSAL_UNKNOWN: 'PROPOSAL_UNKNOWN',
  NO_VOTES: 'NO_VOTES',
  CONTRACT_REFUSES: 'CONTRACT_REFUSES',
  GAS_TOO_HIGH: 'GAS_TOO_HIGH',
  BUDGET_SPENT: 'BUDGET_SPENT',
  RELAYER_POOR: 'RELAYER_POOR',
  CHAIN_UNREACHABLE: 'CHAIN_UNREACHABLE',
};
registerEnumType(BallotRefusalCodeEnum, { name: 'BallotRefusalCode' });

@ObjectType('BallotRefusal', { description: 'Why a ballot is not relayed; nothing was sent.' })
export class BallotRefusalModel {
  @Field(() => BallotRefusalCodeEnum)
  public code: BallotRefusalCode;

  @Field(() => String, { description: 'What is wrong and what to do.' })
  public message: string;

  @Field(() => Int, { nullable: true, description: 'Seconds after which it may be otherwise.' })
  public retryAfterS: number | null;
}

@ObjectType('RelayedBallot', { description: 'A signed ballot that we took, and how far it is.' })
export class RelayedBallotModel implements RelayedBallot {
  @Field(() => ID)
  public id: string;

  @Field(() => BallotKindEnum)
  public kind: BallotKind;

  @Field(() => ID)
  public proposalId: string;

  @Field(() => SupportEnum)
  public support: RelayedBallot['support'];

  @Field(() => HexScalar)
  public voter: string;

  @Field(() => BigIntScalar)
  public nonce: string;

  @Field(() => String)
  public reason: string;

  @Field(() => BallotStateEnum)
  public state: BallotState;

  @Field(() => BigIntScalar, { description: 'What it may cost; once mined what it did cost.' })
  public gas: string;

  @Field(() => DateTimeScalar)
  public acceptedAt: Date;

  @Field(() => HexScalar, { nullable: true, description: 'May change until it is mined.' })
  public txHash: string | null;

  @Field(() => BigIntScalar, { nullable: true })
  public blockNumber: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was seen mined, or given up.' })
  public settledAt: Date | null;

  @Field(() => String, { nullable: true, description: 'Why it was given up.' })
  public failure: string | null;
}

@ObjectType('RelayBallotResult', { description: 'The ballot, or why it was not taken.' })
export class RelayBallotResultModel {
  @Field(() => RelayedBallotModel, { nullable: true })
  public ballot: RelayedBallot | null;

  @Field(() => BallotRefusalModel, { nullable: true })
  public refusal: BallotRefusalModel | null;
}

import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { ProposalState, ProposalStep, TimelockOperation } from '@tallyhouse/governance';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';
import { ProposalStateEnum } from './proposal.model.js';

@ObjectType('ProposalStep', { description: 'A state that a proposal came into, and when.' })
export class ProposalStepModel implements Omit<ProposalStep, 'proposalId'> {
  @Field(() => ProposalStateEnum)
  public state: ProposalState;

  @Field(() => DateTimeScalar)
  public at: Date;

  @Field(() => Boolean, {
    description:
      "True when only time passed: derived from the proposal's times and the clock of the chain. No transaction marks it.",
  })
  public byClock: boolean;

  @Field(() => BigIntScalar, { nullable: true })
  public blockNumber: string | null;

  @Field(() => HexScalar, { nullable: true })
  public txHash: string | null;
}

@ObjectType('TimelockOperation', { description: 'The calls of a proposal, as they wait in the timelock.' })
export class TimelockOperationModel implements Omit<TimelockOperation, 'proposalId'> {
  @Field(() => ID, { description: 'As the timelock has it, 32 bytes.' })
  public id: string;

  @Field(() => BigIntScalar, { description: 'Seconds between scheduling and readiness.' })
  public delayS: string;

  @Field(() => DateTimeScalar)
  public scheduledAt: Date;

  @Field(() => HexScalar)
  public scheduledTx: string;

  @Field(() => DateTimeScalar, { description: 'From then on anybody may execute it.' })
  public readyAt: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  public executedAt: Date | null;

  @Field(() => HexScalar, { nullable: true })
  public executedTx: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  public canceledAt: Date | null;

  @Field(() => HexScalar, { nullable: true })
  public canceledTx: string | null;
}

@ObjectType('Turnout', { description: 'How many votes were cast of those that there were at the snapshot.' })
export class TurnoutModel {
  @Field(() => DateTimeScalar, { description: 'The second whose votes count, when the vote opens.' })
  public snapshot: Date;

  @Field(() => BigIntScalar, { description: 'All tokens at the snapshot.' })
  public supply: bigint;

  @Field(() => BigIntScalar, { description: 'For, against and abstain together.' })
  public cast: bigint;

  @Field(() => Float, { description: 'cast / supply, 0 to 1.' })
  public share: number;

  @Field(() => Int, { description: 'Accounts that voted.' })
  public voters: number;

  @Field(() => BigIntScalar, {
    description: 'For and abstain votes that it takes, by the rule at the snapshot.',
  })
  public quorum: bigint;

  @Field(() => BigIntScalar, { description: 'For and abstain votes so far.' })
  public towardsQuorum: bigint;

  @Field(() => Boolean)
  public quorumReached: boolean;
}

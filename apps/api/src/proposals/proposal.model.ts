import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Proposal, ProposalState } from '@tallyhouse/governance';
import { connectionType } from '../shared/relay/connection.js';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

export const ProposalStateEnum: { readonly [State in ProposalState]: State } = {
  PENDING: 'PENDING',
  ACTIVE: 'ACTIVE',
  CANCELED: 'CANCELED',
  DEFEATED: 'DEFEATED',
  SUCCEEDED: 'SUCCEEDED',
  QUEUED: 'QUEUED',
  EXECUTED: 'EXECUTED',
};
registerEnumType(ProposalStateEnum, {
  name: 'ProposalState',
  description: 'As the governor has it, by the time of the last block indexed.',
});

@ObjectType('Proposal', { description: 'A proposal to the DAO; amounts in the smallest unit of the token.' })
export class ProposalModel implements Partial<Proposal> {
  @Field(() => ID)
  public id: string;

  @Field(() => HexScalar)
  public proposer: string;

  @Field(() => ProposalStateEnum)
  public state: ProposalState;

  @Field(() => String, { description: 'The first heading of the description, else its first line.' })
  public title: string;

  @Field(() => String)
  public description: string;

  @Field(() => HexScalar)
  public descriptionHash: string;

  @Field(() => [HexScalar])
  public targets: readonly string[];

  @Field(() => [BigIntScalar])
  public callValues: readonly bigint[];

  @Field(() => [HexScalar])
  public calldatas: readonly string[];

  @Field(() => DateTimeScalar)
  public voteStart: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it may be executed, once queued.' })
  public eta: Date | null;

  @Field(() => BigIntScalar)
  public forVotes: bigint;

  @Field(() => BigIntScalar)
  public againstVotes: bigint;

  @Field(() => BigIntScalar)
  public abstainVotes: bigint;

  @Field(() => BigIntScalar, { description: 'For and abstain votes that it takes.' })
  public quorum: bigint;

  @Field(() => BigIntScalar)
  public createdBlock: number;

  @Field(() => HexScalar)
  public createdTx: string;

  @Field(() => HexScalar, { nullable: true })
  public executedTx: string | null;
}

export const ProposalConnectionModel = connectionType(ProposalModel, 'Proposal');

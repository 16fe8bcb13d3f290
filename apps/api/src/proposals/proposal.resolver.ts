import { Args, Context, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  ProposalReader,
  VotingReader,
  type Delegate,
  type ModelChange,
  type Proposal,
  type ProposalState,
  type Vote,
} from '@tallyhouse/governance';
import { ModelChangeModel } from '../models/model-change.model.js';
import { connectionOf, type Connection } from '../shared/relay/connection.js';
import { PageArgs } from '../shared/relay/page.args.js';
import type { Loaders } from '../shared/request/loaders.js';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';
import { ProposalDigest } from './proposal-digest.js';
import { ProposalDigestModel } from './proposal-digest.model.js';
import {
  DelegateModel,
  ProposalConnectionModel,
  ProposalModel,
  ProposalStateEnum,
  VoteConnectionModel,
} from './proposal.model.js';

@Resolver(() => ProposalModel)
export class ProposalResolver {
  public constructor(
    private readonly reader: ProposalReader,
    private readonly voting: VotingReader,
    private readonly digests: ProposalDigest,
  ) {}

  @Query(() => ProposalConnectionModel, { description: 'Proposals, newest first.' })
  public proposals(
    @Args('state', { type: () => ProposalStateEnum, nullable: true }) state: ProposalState | null,
    @Args({ type: () => PageArgs }) { first, after }: PageArgs,
  ): Promise<Connection<Proposal>> {
    return connectionOf(this.reader.list({ first, after, state }));
  }

  @Query(() => ProposalModel, { nullable: true })
  public proposal(
    @Args('id', { type: () => ID }) id: string,
    @Context('loaders') loaders: Loaders,
  ): Promise<Proposal | null> {
    return loaders.proposal.load(id);
  }

  @Query(() => BigIntScalar, {
    complexity: 5,
    description: 'Votes of an account at a time; without one, at the last block indexed.',
  })
  public votingPower(
    @Args('address', { type: () => HexScalar }) address: string,
    @Args('at', { type: () => DateTimeScalar, nullable: true }) at: Date | null,
  ): Promise<bigint> {
    return this.voting.votingPower(address, at);
  }

  @Query(() => [DelegateModel], { description: 'Accounts with votes, most votes first.' })
  public delegates(
    @Args('first', { type: () => Int, defaultValue: 20, description: '1 to 200.' }) first: number,
  ): Promise<readonly Delegate[]> {
    return this.voting.delegates(first);
  }

  @ResolveField(() => DateTimeScalar, { description: 'With any extension after a late quorum.' })
  public voteEnd(@Parent() proposal: Proposal): Date {
    return proposal.deadline;
  }

  @ResolveField(() => VoteConnectionModel, { complexity: 20, description: 'Votes cast, oldest first.' })
  public votes(
    @Parent() proposal: Proposal,
    @Args({ type: () => PageArgs }) page: PageArgs,
  ): Promise<Connection<Vote>> {
    return connectionOf(this.reader.votes(proposal.id, page));
  }

  @ResolveField(() => ProposalDigestModel, {
    complexity: 50,
    description: 'A summary in its own sentences, similar earlier proposals, and what voters say.',
  })
  public digest(@Parent() proposal: Proposal): Promise<ProposalDigestModel> {
    return this.digests.of(proposal);
  }

  @ResolveField(() => ModelChangeModel, { nullable: true, description: 'Null when it changes no model.' })
  public modelChange(
    @Parent() proposal: Proposal,
    @Context('loaders') loaders: Loaders,
  ): Promise<ModelChange | null> {
    return loaders.modelChange.load(proposal.id);
  }
}

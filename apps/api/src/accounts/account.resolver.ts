import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  AccountReader,
  ProposalReader,
  VoteReader,
  VotingReader,
  type AccountStanding,
  type Delegator,
  type DelegatorSort,
  type Participation,
  type PowerChange,
  type PowerSort,
  type Proposal,
  type Vote,
  type VoteSort,
} from '@tallyhouse/governance';
import { ProposalConnectionModel } from '../proposals/proposal.model.js';
import { VoteFilterInput, VoteSortEnum } from '../proposals/vote.input.js';
import { VoteConnectionModel } from '../proposals/vote.model.js';
import { connectionOf, type Connection } from '../shared/relay/connection.js';
import { PageArgs } from '../shared/relay/page.args.js';
import type { Loaders } from '../shared/request/loaders.js';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';
import { DelegatorSortEnum, PowerSortEnum, TimeRangeInput } from './account.input.js';
import {
  AccountModel,
  DelegatorConnectionModel,
  ParticipationModel,
  PowerChangeConnectionModel,
} from './account.model.js';

@Resolver(() => AccountModel)
export class AccountResolver {
  public constructor(
    private readonly accounts: AccountReader,
    private readonly proposalReader: ProposalReader,
    private readonly votes: VoteReader,
    private readonly voting: VotingReader,
  ) {}

  @Query(() => AccountModel, {
    complexity: 5,
    description: 'What an account has to do with votes; one that the chain does not know holds nothing.',
  })
  public account(@Args('address', { type: () => HexScalar }) address: string): Promise<AccountStanding> {
    return this.accounts.standing(address);
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

  @ResolveField(() => PowerChangeConnectionModel, {
    complexity: 5,
    description: 'How its votes changed, newest first unless told otherwise.',
  })
  public powerHistory(
    @Parent() { address }: AccountStanding,
    @Args({ type: () => PageArgs }) page: PageArgs,
    @Args('sort', { type: () => PowerSortEnum, defaultValue: 'NEWEST' }) sort: PowerSort,
    @Args('range', { type: () => TimeRangeInput, nullable: true }) range?: TimeRangeInput | null,
  ): Promise<Connection<PowerChange>> {
    return connectionOf(this.accounts.powerHistory(address, page, range ?? {}, sort));
  }

  @ResolveField(() => DelegatorConnectionModel, {
    complexity: 20,
    description:
      'Holders whose tokens it votes with, itself among them; the largest first unless told otherwise.',
  })
  public delegators(
    @Parent() { address }: AccountStanding,
    @Args({ type: () => PageArgs }) page: PageArgs,
    @Args('sort', { type: () => DelegatorSortEnum, defaultValue: 'LARGEST' }) sort: DelegatorSort,
  ): Promise<Connection<Delegator>> {
    return connectionOf(this.accounts.delegators(address, page, sort));
  }

  @ResolveField(() => VoteConnectionModel, {
    complexity: 20,
    description: 'Votes that it cast, newest first unless told otherwise.',
  })
  public votesCast(
    @Parent() { address }: AccountStanding,
    @Args({ type: () => PageArgs }) page: PageArgs,
    @Args('sort', { type: () => VoteSortEnum, defaultValue: 'NEWEST' }) sort: VoteSort,
    @Args('filter', { type: () => VoteFilterInput, nullable: true }) filter?: VoteFilterInput | null,
  ): Promise<Connection<Vote>> {
    return connectionOf(this.votes.ofVoter(address, page, filter ?? {}, sort));
  }

  @ResolveField(() => ProposalConnectionModel, {
    complexity: 20,
    description: 'Proposals that it put forward, newest first.',
  })
  public proposals(
    @Parent() { address }: AccountStanding,
    @Args({ type: () => PageArgs }) page: PageArgs,
  ): Promise<Connection<Proposal>> {
    return connectionOf(this.proposalReader.list(page, { proposer: address }));
  }

  @ResolveField(() => ParticipationModel, { nullable: true, description: 'Null when it could not vote yet.' })
  public participation(
    @Parent() { address }: AccountStanding,
    @Context('loaders') loaders: Loaders,
  ): Promise<Participation | null> {
    return loaders.participation.load(address);
  }
}

import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  ProposalReader,
  VoteReader,
  type ModelChange,
  type Proposal,
  type ProposalSort,
  type ProposalState,
  type Vote,
  type VoteSort,
} from '@tallyhouse/governance';
import { ModelChangeModel } from '../models/model-change.model.js';
import { connectionOf, type Connection } from '../shared/relay/connection.js';
import { PageArgs } from '../shared/relay/page.args.js';
import type { Loaders } from '../shared/request/loaders.js';
import { DateTimeScalar } from '../shared/scalars/index.js';
import { ProposalDigest } from './proposal-digest.js';
import { ProposalDigestModel } from './proposal-digest.model.js';
import { ProposalFilterInput, ProposalSortEnum } from './proposal.input.js';
import { ProposalConnectionModel, ProposalModel, ProposalStateEnum } from './proposal.model.js';
import { VoteFilterInput, VoteSortEnum } from './vote.input.js';
import { VoteConnectionModel } from './vote.model.js';

@Resolver(() => ProposalModel)
export class ProposalResolver {
  public constructor(
    private readonly reader: ProposalReader,
    private readonly voteReader: VoteReader,
    private readonly digests: ProposalDigest,
  ) {}

  @Query(() => ProposalConnectionModel, { description: 'Proposals, newest first unless told otherwise.' })
  public proposals(
    @Args({ type: () => PageArgs }) page: PageArgs,
    @Args('sort', { type: () => ProposalSortEnum, defaultValue: 'NEWEST' }) sort: ProposalSort,
    @Args('filter', { type: () => ProposalFilterInput, nullable: true }) filter?: ProposalFilterInput | null,
    @Args('state', {
      type: () => ProposalStateEnum,
      nullable: true,
      description: 'One state, for short; it and the filter must match.',
    })
    state?: ProposalState | null,
  ): Promise<Connection<Proposal>> {
    return connectionOf(this.reader.list(page, inState(filter ?? {}, state), sort));
  }

  @Query(() => ProposalModel, { nullable: true })
  public proposal(
    @Args('id', { type: () => ID }) id: string,
    @Context('loaders') loaders: Loaders,
  ): Promise<Proposal | null> {
    return loaders.proposal.load(id);
  }

  @ResolveField(() => DateTimeScalar, { description: 'With any extension after a late quorum.' })
  public voteEnd(@Parent() proposal: Proposal): Date {
    return proposal.deadline;
  }

  @ResolveField(() => VoteConnectionModel, {
    complexity: 20,
    description: 'Votes cast, oldest first unless told otherwise.',
  })
  public votes(
    @Parent() proposal: Proposal,
    @Args({ type: () => PageArgs }) page: PageArgs,
    @Args('sort', { type: () => VoteSortEnum, defaultValue: 'OLDEST' }) sort: VoteSort,
    @Args('filter', { type: () => VoteFilterInput, nullable: true }) filter?: VoteFilterInput | null,
  ): Promise<Connection<Vote>> {
    return connectionOf(this.voteReader.ofProposal(proposal.id, page, filter ?? {}, sort));
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

/** The filter, narrowed to one state where one is given. */
function inState(
  { states, ...filter }: ProposalFilterInput,
  state?: ProposalState | null,
): ProposalFilterInput {
  if (!state) return { ...filter, states };
  return { ...filter, states: !states || states.includes(state) ? [state] : [] };
}

import { Args, Context, ID, Parent, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import type { Proposal, Vote } from '@tallyhouse/governance';
import type { Loaders } from '../shared/request/loaders.js';
import { GovernanceFeed } from './governance-feed.js';
import type { ProposalChange } from './proposal-change.js';
import { ProposalChangeModel } from './proposal-change.model.js';
import { ProposalModel } from './proposal.model.js';
import { VoteModel } from './vote.model.js';

@Resolver(() => ProposalChangeModel)
export class ProposalChangedResolver {
  public constructor(private readonly feed: GovernanceFeed) {}

  @Subscription(() => ProposalChangeModel, {
    description:
      'A proposal was made, came into another state or got votes. After a lost connection read the list again.',
    resolve: (change: ProposalChange) => change,
  })
  public proposalChanged(
    @Args('id', { type: () => ID, nullable: true, description: 'One proposal; without it all.' })
    id: string | null,
  ): AsyncIterator<ProposalChange> {
    return this.feed.changes(id ?? null);
  }

  @Subscription(() => VoteModel, {
    description: 'A vote was indexed. After a lost connection read the list again.',
    resolve: (vote: Vote) => vote,
  })
  public voteCast(
    @Args('proposalId', { type: () => ID, nullable: true, description: 'One proposal; without it all.' })
    proposalId: string | null,
  ): AsyncIterator<Vote> {
    return this.feed.votesCast(proposalId ?? null);
  }

  @ResolveField(() => ProposalModel, { nullable: true, description: 'As it stands now.' })
  public proposal(
    @Parent() { proposalId }: ProposalChange,
    @Context('loaders') loaders: Loaders,
  ): Promise<Proposal | null> {
    return loaders.proposal.load(proposalId);
  }
}

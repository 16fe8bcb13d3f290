import { Context, Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Proposal, Vote } from '@tallyhouse/governance';
import type { Loaders } from '../shared/request/loaders.js';
import { ProposalModel } from './proposal.model.js';
import { VoteModel } from './vote.model.js';

const SUPPORT: Readonly<Record<Vote['support'], number>> = { AGAINST: 0, FOR: 1, ABSTAIN: 2 };

@Resolver(() => VoteModel)
export class VoteResolver {
  @ResolveField(() => Int, { description: 'As the governor counts it: 0 against, 1 for, 2 abstain.' })
  public support(@Parent() vote: Vote): number {
    return SUPPORT[vote.support];
  }

  @ResolveField(() => ProposalModel, { nullable: true, description: 'What it was cast on.' })
  public proposal(@Parent() vote: Vote, @Context('loaders') loaders: Loaders): Promise<Proposal | null> {
    return loaders.proposal.load(vote.proposalId);
  }
}

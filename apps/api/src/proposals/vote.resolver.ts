import { Int, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Vote } from '@tallyhouse/governance';
import { VoteModel } from './proposal.model.js';

const SUPPORT: Readonly<Record<Vote['support'], number>> = { AGAINST: 0, FOR: 1, ABSTAIN: 2 };

@Resolver(() => VoteModel)
export class VoteResolver {
  @ResolveField(() => Int, { description: 'As the governor counts it: 0 against, 1 for, 2 abstain.' })
  public support(@Parent() vote: Vote): number {
    return SUPPORT[vote.support];
  }
}

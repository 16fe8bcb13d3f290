import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Proposal, ProposalStep, TimelockOperation } from '@tallyhouse/governance';
import type { Loaders } from '../shared/request/loaders.js';
import { ProposalStepModel, TimelockOperationModel, TurnoutModel } from './lifecycle.model.js';
import { ProposalModel } from './proposal.model.js';
import { turnoutOf } from './turnout.js';

@Resolver(() => ProposalModel)
export class LifecycleResolver {
  @ResolveField(() => [ProposalStepModel], {
    description: 'Every state that it came into so far, in order.',
  })
  public lifecycle(
    @Parent() { id }: Proposal,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly ProposalStep[]> {
    return loaders.proposalSteps.load(id);
  }

  @ResolveField(() => TimelockOperationModel, { nullable: true, description: 'Null until it is queued.' })
  public timelockOperation(
    @Parent() { id }: Proposal,
    @Context('loaders') loaders: Loaders,
  ): Promise<TimelockOperation | null> {
    return loaders.timelockOperation.load(id);
  }

  @ResolveField(() => TurnoutModel)
  public async turnout(
    @Parent() proposal: Proposal,
    @Context('loaders') loaders: Loaders,
  ): Promise<TurnoutModel> {
    const row = await loaders.supplyAtSnapshot.load(proposal.id);
    return turnoutOf(proposal, row?.supply ?? 0n);
  }
}

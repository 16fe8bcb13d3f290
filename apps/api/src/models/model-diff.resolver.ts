import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { Proposal } from '@tallyhouse/governance';
import { ProposalModel } from '../proposals/proposal.model.js';
import type { Loaders } from '../shared/request/loaders.js';
import { ModelDiffModel } from './model-diff.model.js';
import { ModelDiffs } from './model-diffs.js';

@Resolver(() => ProposalModel)
export class ModelDiffResolver {
  public constructor(private readonly diffs: ModelDiffs) {}

  @ResolveField(() => ModelDiffModel, {
    nullable: true,
    complexity: 400,
    description: 'The versions side by side, with the evidence; null when it changes no model.',
  })
  public async modelDiff(
    @Parent() { id }: Proposal,
    @Context('loaders') loaders: Loaders,
  ): Promise<ModelDiffModel | null> {
    const change = await loaders.modelChange.load(id);
    return change && this.diffs.of(change, loaders);
  }
}

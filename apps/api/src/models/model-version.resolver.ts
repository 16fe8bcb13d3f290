import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Proposal } from '@tallyhouse/governance';
import { ReportReader, type ModelVersionRow } from '@tallyhouse/model-registry';
import { ProposalModel } from '../proposals/proposal.model.js';
import type { Loaders } from '../shared/request/loaders.js';
import { JsonScalar } from '../shared/scalars/index.js';
import { ModelVersionModel } from './model.model.js';

@Resolver(() => ModelVersionModel)
export class ModelVersionResolver {
  public constructor(private readonly reports: ReportReader) {}

  @Query(() => ModelVersionModel, { nullable: true })
  public modelVersion(
    @Args('id', { type: () => ID }) id: string,
    @Context('loaders') loaders: Loaders,
  ): Promise<ModelVersionRow | null> {
    return loaders.modelVersion.load(id.toLowerCase());
  }

  @ResolveField(() => ProposalModel, { nullable: true, description: 'The newest proposal that asks for it.' })
  public async proposal(
    @Parent() version: ModelVersionRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<Proposal | null> {
    const id = await loaders.proposalOfVersion.load(version.id);
    return id === null ? null : loaders.proposal.load(id);
  }

  @ResolveField(() => JsonScalar, {
    nullable: true,
    complexity: 200,
    description: 'The evaluation report with the hash that the chain has; null when the store lacks it.',
  })
  public report(@Parent() version: ModelVersionRow): Promise<unknown> {
    return this.reports.find(version.reportSha256);
  }
}

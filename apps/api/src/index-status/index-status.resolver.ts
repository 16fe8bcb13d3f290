import { Inject } from '@nestjs/common';
import { Args, Int, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { Deployment } from '@tallyhouse/chain';
import { IndexStatusReader, type IndexCountsRow, type IndexStatusRow } from '@tallyhouse/supply-chain';
import { DEPLOYMENT } from '../shared/http/deployment.provider.js';
import { IndexCountsModel, IndexStatusModel } from './index-status.model.js';

@Resolver(() => IndexStatusModel)
export class IndexStatusResolver {
  public constructor(
    private readonly status: IndexStatusReader,
    @Inject(DEPLOYMENT) private readonly deployment: Deployment,
  ) {}

  @Query(() => IndexStatusModel, { nullable: true, description: 'Null before the first block is indexed.' })
  public indexStatus(
    @Args('chainId', {
      type: () => Int,
      nullable: true,
      description: 'One of the chains that are indexed; the one of governance and anchoring when left out.',
    })
    chainId: number | null,
  ): Promise<IndexStatusRow | undefined> {
    return this.status.checkpoint(chainId ?? this.deployment.chainId);
  }

  @Query(() => [IndexStatusModel], { description: 'One for each chain that is indexed, by chain id.' })
  public indexStatuses(): Promise<readonly IndexStatusRow[]> {
    return this.status.checkpoints();
  }

  @ResolveField(() => IndexCountsModel)
  public counts(): Promise<IndexCountsRow> {
    return this.status.counts();
  }
}

import { Query, ResolveField, Resolver } from '@nestjs/graphql';
import { IndexStatusReader, type IndexCountsRow, type IndexStatusRow } from '@tallyhouse/supply-chain';
import { IndexCountsModel, IndexStatusModel } from './index-status.model.js';

@Resolver(() => IndexStatusModel)
export class IndexStatusResolver {
  public constructor(private readonly status: IndexStatusReader) {}

  @Query(() => IndexStatusModel, { nullable: true, description: 'Null before the first block is indexed.' })
  public indexStatus(): Promise<IndexStatusRow | undefined> {
    return this.status.checkpoint();
  }

  @ResolveField(() => IndexCountsModel)
  public counts(): Promise<IndexCountsRow> {
    return this.status.counts();
  }
}

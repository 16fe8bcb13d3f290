import { Args, Int, Query, Resolver } from '@nestjs/graphql';
import { ShardProgressReader, type ShardProgressRow } from '@tallyhouse/forecasting';
import { ShardProgressModel } from './shard-progress.model.js';

const MOST = 50;

@Resolver(() => ShardProgressModel)
export class ShardProgressResolver {
  public constructor(private readonly progress: ShardProgressReader) {}

  @Query(() => [ShardProgressModel], {
    complexity: 20,
    description: 'Runs over many series, those under way and the last that ended, newest first.',
  })
  public forecastProgress(
    @Args('first', { type: () => Int, defaultValue: 5, description: 'At most 50.' }) first: number,
  ): Promise<ShardProgressRow[]> {
    return this.progress.latest(Math.min(MOST, Math.max(1, first)));
  }
}

import { Context, Float, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { BesideRow, PairedDifference, ShardProgressRow } from '@tallyhouse/forecasting';
import type { ModelVersionRow } from '@tallyhouse/model-registry';
import { ShardProgressModel } from '../forecasts/shard-progress.model.js';
import type { Loaders } from '../shared/request/loaders.js';
import { ModelVersionModel } from './model.model.js';
import { shadowOf } from './shadow-of.js';
import { ModelShadowModel, ShadowBesideModel, ShadowDifferenceModel } from './shadow.model.js';

@Resolver(() => ModelVersionModel)
export class ShadowResolver {
  @ResolveField(() => ModelShadowModel, {
    nullable: true,
    complexity: 20,
    description:
      'How it did beside what runs before it was in force; null for one that never was a candidate.',
  })
  public async shadow(
    @Parent() { id }: ModelVersionRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<ModelShadowModel | null> {
    const [standing, record] = await Promise.all([
      loaders.shadowStanding.load(id),
      loaders.shadowRecord.load(id),
    ]);
    return shadowOf(id, standing, record);
  }
}

/** What is reckoned only where it is asked for: lists of versions ask for the state alone. */
@Resolver(() => ModelShadowModel)
export class ShadowComparisonResolver {
  @ResolveField(() => ShadowBesideModel, {
    nullable: true,
    description: 'Null until both have a forecast scored.',
  })
  public async running(
    @Parent() { versionId }: ModelShadowModel,
    @Context('loaders') loaders: Loaders,
  ): Promise<BesideRow | null> {
    return (await loaders.shadowComparison.load(versionId))?.running ?? null;
  }

  @ResolveField(() => ShardProgressModel, {
    nullable: true,
    description: 'How its newest run over many series goes, or went; null where one worker makes its runs.',
  })
  public progress(
    @Parent() { versionId }: ModelShadowModel,
    @Context('loaders') loaders: Loaders,
  ): Promise<ShardProgressRow | null> {
    return loaders.shadowProgress.load(versionId);
  }

  @ResolveField(() => [ShadowDifferenceModel])
  public async pairedDifference(
    @Parent() { versionId }: ModelShadowModel,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly PairedDifference[]> {
    return (await loaders.shadowComparison.load(versionId))?.differences ?? [];
  }

  @ResolveField(() => Float, {
    nullable: true,
    description: 'Share of the intervals: a bootstrap over series.',
  })
  public async confidence(
    @Parent() { versionId }: ModelShadowModel,
    @Context('loaders') loaders: Loaders,
  ): Promise<number | null> {
    return (await loaders.shadowComparison.load(versionId))?.confidence ?? null;
  }
}

import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  ForecastReader,
  type CommitmentRow,
  type ForecastRunRow,
  type RunScoreRow,
  type SeriesForecastRow,
} from '@tallyhouse/forecasting';
import { connectionOf, type Connection } from '../shared/relay/connection.js';
import { PageArgs } from '../shared/relay/page.args.js';
import type { Loaders } from '../shared/request/loaders.js';
import { HexScalar } from '../shared/scalars/index.js';
import { ForecastModel } from './forecast.model.js';
import {
  CommitmentModel,
  ForecastRunConnectionModel,
  ForecastRunModel,
  RunScoreModel,
} from './forecast-run.model.js';

@Resolver(() => ForecastRunModel)
export class ForecastResolver {
  public constructor(private readonly forecasts: ForecastReader) {}

  @Query(() => ForecastModel, {
    nullable: true,
    description: 'A series in a run; without runId in the newest that has it.',
  })
  public forecast(
    @Args('seriesId', { type: () => ID }) seriesId: string,
    @Args('runId', { type: () => ID, nullable: true }) runId: string | null,
  ): Promise<SeriesForecastRow | undefined> {
    return this.forecasts.find(seriesId, runId);
  }

  @Query(() => ForecastRunConnectionModel, { description: 'Runs, newest first.' })
  public forecastRuns(
    @Args({ type: () => PageArgs }) { first, after }: PageArgs,
    @Args('versionId', { type: () => HexScalar, nullable: true, description: 'Only those of this version.' })
    versionId?: string | null,
    @Args('isShadow', {
      type: () => Boolean,
      defaultValue: false,
      description: 'Those that versions made before they were in force, instead of the others.',
    })
    isShadow = false,
  ): Promise<Connection<ForecastRunRow>> {
    return connectionOf(this.forecasts.runs({ first, after, versionId, isShadow }));
  }

  @ResolveField(() => CommitmentModel, { nullable: true, description: 'Null until the root is on chain.' })
  public commitment(
    @Parent() run: ForecastRunRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<CommitmentRow | null> {
    return loaders.commitment.load(run.root);
  }

  @ResolveField(() => RunScoreModel, { nullable: true, description: 'Null until an outcome is known.' })
  public score(
    @Parent() run: ForecastRunRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<RunScoreRow | null> {
    return loaders.runScore.load(run.id);
  }
}

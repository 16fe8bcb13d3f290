import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  SeriesReader,
  type ObservationRow,
  type SeriesDecomposition,
  type SeriesForecastRow,
  type SeriesRow,
  type StockOutRow,
} from '@tallyhouse/forecasting';
import { ForecastModel } from '../forecasts/forecast.model.js';
import { connectionOf, type Connection } from '../shared/relay/connection.js';
import { PageArgs } from '../shared/relay/page.args.js';
import { DateTimeScalar } from '../shared/scalars/index.js';
import type { Loaders } from '../shared/request/loaders.js';
import { DecompositionModel } from './decomposition.model.js';
import { Decompositions } from './decompositions.js';
import { DecompositionArgs, ObservationArgs, SeriesFilterInput } from './series.input.js';
import { ObservationModel, SeriesConnectionModel, SeriesModel } from './series.model.js';
import { StockOutModel } from './stock-out.model.js';

@Resolver(() => SeriesModel)
export class SeriesResolver {
  public constructor(
    private readonly series: SeriesReader,
    private readonly decompositions: Decompositions,
  ) {}

  @Query(() => SeriesConnectionModel, { name: 'series', description: 'Series, by label.' })
  public list(
    @Args('filter', { type: () => SeriesFilterInput, nullable: true }) filter: SeriesFilterInput | null,
    @Args({ type: () => PageArgs }) page: PageArgs,
  ): Promise<Connection<SeriesRow>> {
    return connectionOf(this.series.list(filter ?? {}, page));
  }

  @Query(() => SeriesModel, { nullable: true })
  public seriesById(
    @Args('id', { type: () => ID }) id: string,
    @Context('loaders') loaders: Loaders,
  ): Promise<SeriesRow | null> {
    return loaders.series.load(id);
  }

  @ResolveField(() => [ObservationModel], { description: 'Oldest first.' })
  public observations(
    @Parent() series: SeriesRow,
    @Args({ type: () => ObservationArgs }) range: ObservationArgs,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly ObservationRow[]> {
    return loaders.observations(range).load(series.id);
  }

  @ResolveField(() => [StockOutModel], {
    description:
      'Of demand for a product, at a site or at all: that stock ran out, the last 1,000 statements, oldest first. Empty for other series; sums count what fills the gaps of their parts.',
  })
  public async stockOuts(
    @Parent() series: SeriesRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly StockOutRow[]> {
    return (await loaders.stockOuts.load(series.id))?.statements ?? [];
  }

  @ResolveField(() => [DateTimeScalar], {
    description:
      'Of demand for a product at a site: starts of the periods in which the shelf was empty for a tenth of the days or more. Forecasts do not learn from them.',
  })
  public async stockOutPeriods(
    @Parent() series: SeriesRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<Date[]> {
    return [...((await loaders.stockOuts.load(series.id))?.periods ?? [])].map((start) => new Date(start));
  }

  @ResolveField(() => DecompositionModel, {
    nullable: true,
    complexity: 200,
    description: 'Trend, season and remainder; null while no period is whole.',
  })
  public decomposition(
    @Parent() series: SeriesRow,
    @Args({ type: () => DecompositionArgs }) wanted: DecompositionArgs,
  ): Promise<SeriesDecomposition | null> {
    return this.decompositions.of(series, wanted);
  }

  @ResolveField(() => ForecastModel, {
    nullable: true,
    description: 'From the newest run that has the series.',
  })
  public latestForecast(
    @Parent() series: SeriesRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<SeriesForecastRow | null> {
    return loaders.latestForecast.load(series.id);
  }
}

import { UseGuards } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  AnomalyLabelService,
  AnomalyReader,
  type AnomalyLevelRow,
  type AnomalyRow,
  type EventStreamRow,
  type ReadingStreamRow,
} from '@tallyhouse/anomalies';
import { ProcessClock } from '@tallyhouse/database';
import type { SeriesRow } from '@tallyhouse/forecasting';
import { NeedsScope } from '../access/needs-scope.decorator.js';
import { ApiKeyGuard } from '../capture/api-key.guard.js';
import { SeriesModel } from '../series/series.model.js';
import { connectionOf, type Connection } from '../shared/relay/connection.js';
import { PageArgs } from '../shared/relay/page.args.js';
import type { Loaders } from '../shared/request/loaders.js';
import type { RequestContext } from '../shared/request/request-context.js';
import { BigIntScalar } from '../shared/scalars/index.js';
import { AnomalyFilterInput, AnomalyLabelInput } from './anomaly.input.js';
import {
  AnomalyConnectionModel,
  AnomalyLevelModel,
  AnomalyModel,
  EventStreamModel,
  ReadingStreamModel,
} from './anomaly.model.js';

@Resolver(() => AnomalyModel)
export class AnomalyResolver {
  public constructor(
    private readonly reader: AnomalyReader,
    private readonly labels: AnomalyLabelService,
    private readonly clock: ProcessClock,
  ) {}

  @Query(() => AnomalyConnectionModel, {
    description:
      'What stands out in series and among events, at the level in force, and in readings of sensors; the latest first.',
  })
  public anomalies(
    @Args({ type: () => PageArgs }) page: PageArgs,
    @Args('filter', { type: () => AnomalyFilterInput, nullable: true }) filter?: AnomalyFilterInput | null,
    @Args('asOf', { type: () => BigIntScalar, nullable: true, description: 'What was known at this block.' })
    asOf?: string | bigint | null,
  ): Promise<Connection<AnomalyRow>> {
    const block = asOf === null || asOf === undefined ? null : BigInt(asOf);
    return connectionOf(this.reader.list(filter ?? {}, page, block));
  }

  @Query(() => AnomalyLevelModel)
  public anomalyLevel(): Promise<AnomalyLevelRow> {
    return this.reader.level();
  }

  @NeedsScope('judge')
  @UseGuards(ApiKeyGuard)
  @Mutation(() => AnomalyLevelModel, {
    complexity: 20,
    description:
      'Notes what the partner whose key is in the header x-api-key says, and returns the level that follows.',
  })
  public async labelAnomaly(
    @Args('id', { type: () => ID }) id: string,
    @Args('label', { type: () => AnomalyLabelInput }) label: AnomalyLabelInput,
    @Context() { partner }: RequestContext,
  ): Promise<AnomalyLevelRow> {
    await this.labels.label(id, label, partner ?? '', this.clock.now());
    return this.reader.level();
  }

  @ResolveField(() => SeriesModel, { nullable: true })
  public series(
    @Parent() anomaly: AnomalyRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<SeriesRow | null> {
    return anomaly.seriesId === null ? Promise.resolve(null) : loaders.series.load(anomaly.seriesId);
  }

  @ResolveField(() => ReadingStreamModel, { nullable: true })
  public stream(
    @Parent() anomaly: AnomalyRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<ReadingStreamRow | null> {
    return anomaly.streamId === null ? Promise.resolve(null) : loaders.readingStreams.load(anomaly.streamId);
  }

  @ResolveField(() => EventStreamModel, { nullable: true })
  public eventStream(
    @Parent() { eventStreamId }: AnomalyRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<EventStreamRow | null> {
    return eventStreamId === null ? Promise.resolve(null) : loaders.eventStreams.load(eventStreamId);
  }
}

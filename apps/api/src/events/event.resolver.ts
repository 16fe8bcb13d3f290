import { Args, Context, ID, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  EventReader,
  type EventCorrection,
  type EventItemRow,
  type EventRow,
  type EventSealRow,
} from '@tallyhouse/supply-chain';
import { CaptureJobModel } from '../capture/capture.model.js';
import { connectionOf, type Connection } from '../shared/relay/connection.js';
import { PageArgs } from '../shared/relay/page.args.js';
import type { Loaders } from '../shared/request/loaders.js';
import { EventCorrectionModel } from './correction.model.js';
import { EventFilterInput } from './event.input.js';
import {
  EventAnchorModel,
  EventConnectionModel,
  EventItemModel,
  EventModel,
  EventStatusEnum,
  type EventStatus,
} from './event.model.js';

@Resolver(() => EventModel)
export class EventResolver {
  public constructor(private readonly events: EventReader) {}

  @Query(() => EventConnectionModel, { name: 'events', description: 'Events, newest event time first.' })
  public list(
    @Args('filter', { type: () => EventFilterInput, nullable: true }) filter: EventFilterInput | null,
    @Args({ type: () => PageArgs }) page: PageArgs,
  ): Promise<Connection<EventRow>> {
    return connectionOf(this.events.list(filter ?? {}, page));
  }

  @Query(() => EventModel, { name: 'event', nullable: true })
  public one(
    @Args('id', { type: () => ID }) id: string,
    @Context('loaders') loaders: Loaders,
  ): Promise<EventRow | null> {
    return loaders.event.load(id.toLowerCase());
  }

  @ResolveField(() => [EventItemModel])
  public items(
    @Parent() event: EventRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly EventItemRow[]> {
    return loaders.eventItems.load(event.id);
  }

  @ResolveField(() => EventStatusEnum)
  public async status(@Parent() event: EventRow, @Context('loaders') loaders: Loaders): Promise<EventStatus> {
    return statusOf(await loaders.eventSeal.load(event.id));
  }

  @ResolveField(() => EventAnchorModel, { nullable: true })
  public anchor(
    @Parent() event: EventRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<EventSealRow | null> {
    return loaders.eventSeal.load(event.id);
  }

  @ResolveField(() => [EventCorrectionModel], {
    description: 'Declarations of its own partner that the event is wrong, oldest first.',
  })
  public corrections(
    @Parent() event: EventRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly EventCorrection[]> {
    return loaders.eventCorrections.load(event.id);
  }

  @ResolveField(() => [EventModel], {
    complexity: 5,
    description: 'Captured events that are right instead of this one, as its partner declared.',
  })
  public async correctedBy(
    @Parent() event: EventRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly EventRow[]> {
    const corrections = await loaders.eventCorrections.load(event.id);
    return eventsOf(
      corrections.flatMap(({ correctedBy }) => correctedBy),
      loaders,
    );
  }

  @ResolveField(() => [EventModel], {
    complexity: 5,
    description: 'Events that this one declares wrong, or stands instead of.',
  })
  public async corrects(
    @Parent() event: EventRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly EventRow[]> {
    const corrections = await loaders.eventCorrects.load(event.id);
    return eventsOf(
      corrections.map(({ eventId }) => eventId),
      loaders,
    );
  }

  @ResolveField(() => CaptureJobModel, { nullable: true })
  public captureJob(
    @Parent() event: EventRow,
    @Context('loaders') loaders: Loaders,
  ): ReturnType<Loaders['captureJob']['load']> {
    return loaders.captureJob.load(event.captureJobId);
  }
}

async function eventsOf(ids: readonly string[], loaders: Loaders): Promise<EventRow[]> {
  const events = await loaders.event.loadMany([...new Set(ids)]);
  return events.filter((event): event is EventRow => event !== null && !(event instanceof Error));
}

function statusOf(seal: EventSealRow | null): EventStatus {
  if (!seal) return 'PENDING';
  if (seal.txHash === null) return 'SEALED';
  return seal.isFinal ? 'FINAL' : 'ANCHORED';
}

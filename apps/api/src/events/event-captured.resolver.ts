import { Context, Parent, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import type { Channels } from '@tallyhouse/database';
import type { EventRow } from '@tallyhouse/supply-chain';
import type { Loaders } from '../shared/request/loaders.js';
import type { RequestContext } from '../shared/request/request-context.js';
import { Notices } from '../shared/subscriptions/notices.js';
import { EventCapturedModel } from './event-captured.model.js';
import { EventModel } from './event.model.js';

type Captured = Channels['tallyhouse_capture'];

@Resolver(() => EventCapturedModel)
export class EventCapturedResolver {
  public constructor(private readonly notices: Notices) {}

  @Subscription(() => EventCapturedModel, {
    description: 'A capture that stored events. After a lost connection read the list again.',
    resolve: (captured: Captured) => captured,
    filter: async ({ jobId }: Captured, _variables: unknown, { loaders }: RequestContext) =>
      (await loaders.captureJob.load(jobId)) !== null,
  })
  public eventCaptured(): AsyncIterator<Captured> {
    return this.notices.of('tallyhouse_capture');
  }

  @ResolveField(() => [EventModel], { description: 'The first 50 of them.' })
  public async events(
    @Parent() captured: Captured,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly EventRow[]> {
    const events = await loaders.event.loadMany(captured.eventIds);
    return events.filter((event): event is EventRow => event !== null && !(event instanceof Error));
  }
}

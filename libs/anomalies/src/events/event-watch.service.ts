import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { lookAtCaptures, type CaptureWatcher } from '../feed/look-at-captures.service.js';
import type { AnomalyParameterSet, EventParameters } from '../parameters/parameter-set.js';
import type { CapturedEvent } from './captured-event.js';
import { nextCapturedEvents } from './event-feed.repository.js';
import { eventLearningOf, eventVersionOf } from './event-parameters.js';
import {
  eventSeedOf,
  eventStreamId,
  keepEventStreams,
  keptEventStreams,
  type GrownEventStream,
} from './event-stream.repository.js';
import { EventWatch, type KeptEventStream } from './event-watch.js';

/** What a look at new events came to. */
export interface EventLook {
  readonly events: number;
  readonly alarms: number;
  /** Whether more was captured than one look takes. */
  readonly isMore: boolean;
}

/** Twenty thousand events a look; states of about 150 kB each, or 300 kB with the longest memory. */
const WATCHER: Omit<CaptureWatcher<CapturedEvent, CapturedEvent>, 'grow'> = {
  ...{ lock: 0xa43, pagesALook: 10, streamsAtOnce: 50, column: 'event_stream_id' },
  ...{ next: nextCapturedEvents, takenOf: (event) => [event], streamOf: eventStreamId },
};

/** Watches what is said in captured events, each once, for what is unlike the events of the same sender and step before. */
@Injectable()
export class EventWatchService {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Takes what was captured since the last look, at most 20,000 events; no event is taken twice. What was learned is kept under other parameters while forests are grown of as many events; else a stream learns anew from what
   * comes next.
   *
   * @param block last indexed block, from which on alarms are told of
   * @param set in force: what judges, and whose version alarms name where it has a section of events
   */
  public async look(block: number, set: AnomalyParameterSet): Promise<EventLook> {
    const parameters = set.eventsInForce;
    const named = { learning: eventLearningOf(parameters), version: eventVersionOf(set), block };
    const watcher = {
      ...WATCHER,
      grow: async (manager: EntityManager, streams: readonly NewEvents[]) => {
        const kept = await keptEventStreams(
          manager,
          streams.map(([id]) => id),
          named.learning,
        );
        const grown = streams.map((stream) => growStream(stream, kept, parameters));
        await keepEventStreams(manager, grown, named);
        return grown.flatMap(({ alarms }) => alarms.map(({ event }) => event.id));
      },
    };
    const { taken: events, ...rest } = await lookAtCaptures(this.dataSource, watcher, block);
    return { events, ...rest };
  }
}

/** The events of a stream that are new. */
type NewEvents = readonly [streamId: string, events: readonly CapturedEvent[]];

function growStream(
  [id, events]: NewEvents,
  kept: ReadonlyMap<string, KeptEventStream>,
  parameters: EventParameters,
): GrownEventStream {
  const watch = EventWatch.of(eventSeedOf(id), kept.get(id) ?? null, parameters);
  const alarms = watch.take(events);
  const { partner, bizStep } = events[0]!;
  return { id, partner, bizStep, kept: watch.state(), taken: events.length, alarms };
}

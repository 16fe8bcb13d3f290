import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { lookAtCaptures, type CaptureWatcher } from '../feed/look-at-captures.service.js';
import type { CapturedEvent } from './captured-event.js';
import { nextCapturedEvents } from './event-feed.repository.js';
import {
  eventStreamId,
  keepEventStreams,
  keptEventStreams,
  type GrownEventStream,
} from './event-stream.repository.js';
import { EventWatch } from './event-watch.js';

/** What a look at new events came to. */
export interface EventLook {
  readonly events: number;
  readonly alarms: number;
  /** Whether more was captured than one look takes. */
  readonly isMore: boolean;
}

/** Twenty thousand events a look; states of about 150 kB each. */
const WATCHER: Omit<CaptureWatcher<CapturedEvent, CapturedEvent>, 'grow'> = {
  ...{ lock: 0xa43, pagesALook: 10, streamsAtOnce: 50, column: 'event_stream_id' },
  ...{ next: nextCapturedEvents, takenOf: (event) => [event], streamOf: eventStreamId },
};

/** Watches what is said in captured events, each once, for what is unlike the events of the same sender and step before. */
@Injectable()
export class EventWatchService {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Takes what was captured since the last look, at most 20,000 events; no event is taken twice.
   *
   * @param block last indexed block, from which on alarms are told of
   */
  public async look(block: number): Promise<EventLook> {
    const watcher = {
      ...WATCHER,
      grow: async (manager: EntityManager, streams: readonly NewEvents[]) => {
        const grown = await growStreams(manager, streams);
        await keepEventStreams(manager, grown, block);
        return grown.flatMap(({ alarms }) => alarms.map(({ event }) => event.id));
      },
    };
    const { taken: events, ...rest } = await lookAtCaptures(this.dataSource, watcher, block);
    return { events, ...rest };
  }
}

/** The events of a stream that are new. */
type NewEvents = readonly [streamId: string, events: readonly CapturedEvent[]];

async function growStreams(
  manager: EntityManager,
  streams: readonly NewEvents[],
): Promise<GrownEventStream[]> {
  const kept = await keptEventStreams(
    manager,
    streams.map(([id]) => id),
  );
  return streams.map(([id, events]) => {
    const watch = EventWatch.of(seedOf(id), kept.get(id) ?? null);
    const alarms = watch.take(events);
    const { partner, bizStep } = events[0]!;
    return { id, partner, bizStep, kept: watch.state(), taken: events.length, alarms };
  });
}

/** Trees of a stream are the same wherever they are grown. */
const seedOf = (streamId: string): number => Number.parseInt(streamId.slice(2, 9), 16);

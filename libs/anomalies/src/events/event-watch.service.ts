import { Injectable } from '@nestjs/common';
import { numberCaptures } from '@tallyhouse/supply-chain';
import { DataSource, type EntityManager } from 'typeorm';
import { closeWithdrawn } from '../feed/close-withdrawn.repository.js';
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

const WATCH_LOCK = 0xa43;
const PAGES_A_LOOK = 10;
/** Streams whose states are in memory at once: about 150 kB each. */
const STREAMS_AT_ONCE = 50;

/** Watches what is said in captured events, each once, for what is unlike the events of the same sender and step before. */
@Injectable()
export class EventWatchService {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Takes what was captured since the last look, at most 20,000 events. A transaction a page: a worker that is killed costs one page,
   * and no event is taken twice.
   *
   * @param block last indexed block, from which on alarms are told of
   */
  public async look(block: number): Promise<EventLook> {
    const until = await numberCaptures(this.dataSource);
    let [events, alarms] = [0, 0];
    for (let page = 0; page < PAGES_A_LOOK; page += 1) {
      const taken = await this.dataSource.transaction((manager) => takePage(manager, until, block));
      events += taken.events;
      alarms += taken.alarms;
      if (!taken.isMore) return { events, alarms, isMore: false };
    }
    return { events, alarms, isMore: true };
  }
}

async function takePage(manager: EntityManager, until: string, block: number): Promise<EventLook> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [WATCH_LOCK]);
  const { events, declarations, isEnd } = await nextCapturedEvents(manager, until);
  const streams = [...Map.groupBy(events, eventStreamId)];
  const alarmEvents: string[] = [];
  for (let at = 0; at < streams.length; at += STREAMS_AT_ONCE) {
    const grown = await growStreams(manager, streams.slice(at, at + STREAMS_AT_ONCE));
    await keepEventStreams(manager, grown, block);
    alarmEvents.push(...grown.flatMap(({ alarms }) => alarms.map(({ event }) => event.id)));
  }
  await closeWithdrawn(manager, 'event_stream_id', declarations, alarmEvents, block);
  return { events: events.length, alarms: alarmEvents.length, isMore: !isEnd };
}

async function growStreams(
  manager: EntityManager,
  streams: readonly (readonly [string, readonly CapturedEvent[]])[],
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

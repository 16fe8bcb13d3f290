import { numberCaptures } from '@tallyhouse/supply-chain';
import type { DataSource, EntityManager } from 'typeorm';
import type { CapturePage } from './capture-feed.repository.js';
import { closeWithdrawn } from './close-withdrawn.repository.js';

/** Who looks at what is captured, and how. */
export interface CaptureWatcher<Event, Taken> {
  /** Of the advisory lock under which a page is taken. */
  readonly lock: number;
  readonly pagesALook: number;
  /** Streams whose states are in memory at once. */
  readonly streamsAtOnce: number;
  /** Where anomalies name their stream. */
  readonly column: 'stream_id' | 'event_stream_id';
  readonly next: (manager: EntityManager, until: string) => Promise<CapturePage<Event>>;
  /** What is taken of an event. */
  readonly takenOf: (event: Event) => readonly Taken[];
  /** Id of the stream that it goes on. */
  readonly streamOf: (taken: Taken) => string;
  /** Lets some streams take what is new of each, and keeps them; gives the events of their alarms. */
  readonly grow: (
    manager: EntityManager,
    streams: readonly (readonly [string, readonly Taken[]])[],
  ) => Promise<readonly string[]>;
}

/** What a look came to. */
export interface CaptureLook {
  readonly taken: number;
  readonly alarms: number;
  /** Whether more was captured than one look takes. */
  readonly isMore: boolean;
}

/**
 * Takes what was captured since the last look. A transaction a page: a worker that is killed costs one page, and nothing is taken twice.
 *
 * @param block last indexed block, at which alarms of events that are declared wrong are closed
 */
export async function lookAtCaptures<Event, Taken>(
  dataSource: DataSource,
  watcher: CaptureWatcher<Event, Taken>,
  block: number,
): Promise<CaptureLook> {
  const until = await numberCaptures(dataSource);
  let [taken, alarms] = [0, 0];
  for (let page = 0; page < watcher.pagesALook; page += 1) {
    const look = await dataSource.transaction((manager) => takePage(manager, watcher, until, block));
    taken += look.taken;
    alarms += look.alarms;
    if (!look.isMore) return { taken, alarms, isMore: false };
  }
  return { taken, alarms, isMore: true };
}

async function takePage<Event, Taken>(
  manager: EntityManager,
  { lock, streamsAtOnce, column, next, takenOf, streamOf, grow }: CaptureWatcher<Event, Taken>,
  until: string,
  block: number,
): Promise<CaptureLook> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [lock]);
  const { events, declarations, isEnd } = await next(manager, until);
  const taken = events.flatMap(takenOf);
  const streams = [...Map.groupBy(taken, streamOf)];
  const alarmEvents: string[] = [];
  for (let at = 0; at < streams.length; at += streamsAtOnce)
    alarmEvents.push(...(await grow(manager, streams.slice(at, at + streamsAtOnce))));
  await closeWithdrawn(manager, column, declarations, alarmEvents, block);
  return { taken: taken.length, alarms: alarmEvents.length, isMore: !isEnd };
}

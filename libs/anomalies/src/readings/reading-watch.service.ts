import { Injectable } from '@nestjs/common';
import { numberCaptures } from '@tallyhouse/supply-chain';
import { DataSource, type EntityManager } from 'typeorm';
import { closeWithdrawn } from '../feed/close-withdrawn.repository.js';
import type { AnomalyParameterSet } from '../parameters/parameter-set.js';
import { nextSensorEvents } from './sensor-feed.repository.js';
import { sensorReadings, streamId, type Reading } from './sensor-readings.js';
import { keepStreams, keptStreams, type GrownStream } from './stream.repository.js';
import { StreamWatch } from './stream-watch.js';

/** What a look at new readings came to. */
export interface ReadingLook {
  /** Numbers that sensors reported. */
  readonly readings: number;
  readonly alarms: number;
  /** Whether more was captured than one look takes. */
  readonly isMore: boolean;
}

const WATCH_LOCK = 0xa42;
const PAGES_A_LOOK = 20;
/** Streams whose states are in memory at once: 145 kB each at most. */
const STREAMS_AT_ONCE = 100;

/** Watches the readings of sensors in captured events, each once. */
@Injectable()
export class ReadingWatchService {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Takes what was captured since the last look, at most 40,000 events. A transaction a page: a worker that is killed costs one page,
   * and no reading is taken twice.
   *
   * @param block last indexed block, from which on alarms are told of
   * @param set in force: what judges, and whose version alarms name
   */
  public async look(block: number, set: AnomalyParameterSet): Promise<ReadingLook> {
    const until = await numberCaptures(this.dataSource);
    let [readings, alarms] = [0, 0];
    for (let page = 0; page < PAGES_A_LOOK; page += 1) {
      const taken = await this.dataSource.transaction((manager) => takePage(manager, until, block, set));
      readings += taken.readings;
      alarms += taken.alarms;
      if (!taken.isMore) return { readings, alarms, isMore: false };
    }
    return { readings, alarms, isMore: true };
  }
}

async function takePage(
  manager: EntityManager,
  until: string,
  block: number,
  set: AnomalyParameterSet,
): Promise<ReadingLook> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [WATCH_LOCK]);
  const { events, declarations, isEnd } = await nextSensorEvents(manager, until);
  const readings = events.flatMap(sensorReadings);
  const streams = [...Map.groupBy(readings, ({ stream }) => streamId(stream))];
  const alarmEvents: string[] = [];
  for (let at = 0; at < streams.length; at += STREAMS_AT_ONCE) {
    const grown = await growStreams(manager, streams.slice(at, at + STREAMS_AT_ONCE), set);
    await keepStreams(manager, grown, set.version, block);
    alarmEvents.push(...grown.flatMap(({ alarms }) => alarms.map((alarm) => alarm.at.eventId)));
  }
  await closeWithdrawn(manager, 'stream_id', declarations, alarmEvents, block);
  return { readings: readings.length, alarms: alarmEvents.length, isMore: !isEnd };
}

async function growStreams(
  manager: EntityManager,
  streams: readonly (readonly [string, readonly Reading[]])[],
  set: AnomalyParameterSet,
): Promise<GrownStream[]> {
  const kept = await keptStreams(
    manager,
    streams.map(([id]) => id),
  );
  return streams.map(([id, readings]) => {
    const watch = StreamWatch.of(kept.get(id) ?? null, set.readings);
    const { alarms, late } = watch.take(readings);
    return {
      ...{ id, stream: readings[0]!.stream, kept: watch.state(), lastTimeMs: watch.lastTimeMs },
      ...{ taken: readings.length - late, late, alarms },
    };
  });
}

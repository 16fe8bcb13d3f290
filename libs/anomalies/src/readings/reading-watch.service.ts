import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import { lookAtCaptures, type CaptureWatcher } from '../feed/look-at-captures.service.js';
import type { AnomalyParameterSet } from '../parameters/parameter-set.js';
import { nextSensorEvents } from './sensor-feed.repository.js';
import { sensorReadings, streamId, type Reading, type SensorEvent } from './sensor-readings.js';
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

/** Forty thousand events a look; states of 145 kB each at most. */
const WATCHER: Omit<CaptureWatcher<SensorEvent, Reading>, 'grow'> = {
  ...{ lock: 0xa42, pagesALook: 20, streamsAtOnce: 100, column: 'stream_id' },
  ...{ next: nextSensorEvents, takenOf: sensorReadings },
  streamOf: ({ stream }) => streamId(stream),
};

/** Watches the readings of sensors in captured events, each once. */
@Injectable()
export class ReadingWatchService {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Takes what was captured since the last look, at most 40,000 events; no reading is taken twice.
   *
   * @param block last indexed block, from which on alarms are told of
   * @param set in force: what judges, and whose version alarms name
   */
  public async look(block: number, set: AnomalyParameterSet): Promise<ReadingLook> {
    const watcher = {
      ...WATCHER,
      grow: async (manager: EntityManager, streams: readonly NewReadings[]) => {
        const grown = await growStreams(manager, streams, set);
        await keepStreams(manager, grown, set.version, block);
        return grown.flatMap(({ alarms }) => alarms.map((alarm) => alarm.at.eventId));
      },
    };
    const { taken: readings, ...rest } = await lookAtCaptures(this.dataSource, watcher, block);
    return { readings, ...rest };
  }
}

/** The readings of a stream that are new. */
type NewReadings = readonly [streamId: string, readings: readonly Reading[]];

async function growStreams(
  manager: EntityManager,
  streams: readonly NewReadings[],
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

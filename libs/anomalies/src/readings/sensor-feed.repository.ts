import type { EntityManager } from 'typeorm';
import { nextCaptured, type CapturePage } from '../feed/capture-feed.repository.js';
import type { SensorEvent } from './sensor-readings.js';

interface SensorRow {
  readonly partner: string;
  readonly timeMs: number;
  readonly place: string | null;
  readonly sensors: unknown;
}

/**
 * The next captured events that report readings, behind the place up to which readings were taken.
 *
 * @param until number of the last capture that is looked at
 */
export async function nextSensorEvents(
  manager: EntityManager,
  until: string,
): Promise<CapturePage<SensorEvent>> {
  const page = await nextCaptured<SensorRow>(manager, { place: 'reading_place', columns: COLUMNS }, until);
  const reporting = page.events.filter(({ sensors }) => sensors !== null);
  return {
    ...page,
    events: reporting.map(({ eventId, partner, timeMs, place, sensors }) => {
      return { id: eventId, partner, timeMs, place, sensors };
    }),
  };
}

const COLUMNS = `e.partner, (extract(epoch FROM l.event_time) * 1000)::float8 AS "timeMs",
    COALESCE(e.read_point, e.biz_location) AS place, e.body -> 'sensorElementList' AS sensors`;

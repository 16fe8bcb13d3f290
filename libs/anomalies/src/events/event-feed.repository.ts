import type { EntityManager } from 'typeorm';
import { nextCaptured, type CapturePage } from '../feed/capture-feed.repository.js';
import type { CapturedEvent } from './captured-event.js';

/** What is read of an event. */
export interface EventRow extends Omit<CapturedEvent, 'id' | 'offsetMinutes' | 'before'> {
  readonly eventId: string;
  readonly tzOffset: string;
  readonly beforeMs: number | null;
  readonly beforeStep: string | null;
  readonly kilometres: number | null;
}

/**
 * The next captured events behind the place up to which events were judged, with what their features are made of.
 *
 * @param until number of the last capture that is looked at
 */
export async function nextCapturedEvents(
  manager: EntityManager,
  until: string,
): Promise<CapturePage<CapturedEvent>> {
  const feed = { place: 'event_place', columns: EVENT_COLUMNS, joins: EVENT_JOINS } as const;
  const page = await nextCaptured<EventRow>(manager, feed, until);
  return { ...page, events: page.events.map(eventOf) };
}

/** An event from what was read of it. */
export function eventOf(row: EventRow): CapturedEvent {
  const { eventId, tzOffset, beforeMs, beforeStep, kilometres, ...told } = row;
  const before = beforeMs === null ? null : { timeMs: beforeMs, bizStep: beforeStep ?? '', kilometres };
  return { ...told, id: eventId, offsetMinutes: offsetMinutesOf(tzOffset), before };
}

/** `+01:00` as minutes; 0 for what is no offset. */
export function offsetMinutesOf(offset: string): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (60 * Number(hours ?? 0) + Number(minutes ?? 0));
}

const epoch = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8`;
const RADIUS_KM = 6_371;

/** Columns of what is read of an event `e`, with {@link EVENT_JOINS}. */
export const EVENT_COLUMNS = `e.partner, COALESCE(e.biz_step, '') AS "bizStep", ${epoch('e.event_time')} AS "timeMs",
    ${epoch('e.record_time')} AS "recordedMs", e.tz_offset AS "tzOffset",
    COALESCE(e.read_point, e.biz_location) AS place, other.uri AS party, named.items, named.quantity,
    ${epoch('before.event_time')} AS "beforeMs", before.biz_step AS "beforeStep",
    CASE WHEN here.latitude + here.longitude + there.latitude + there.longitude IS NOT NULL THEN
      2 * ${RADIUS_KM} * asin(sqrt(LEAST(1, power(sin(radians(here.latitude - there.latitude) / 2), 2)
        + cos(radians(here.latitude)) * cos(radians(there.latitude))
          * power(sin(radians(here.longitude - there.longitude) / 2), 2)))) END::float8 AS kilometres`;

/**
 * Nothing but the sender's own words: what others said of the item would show in what is told of this event. `OFFSET 0` keeps the event
 * before from being joined to all events of the item and sorted: a class may be in every event there is.
 */
export const EVENT_JOINS = `
  LEFT JOIN LATERAL (
    SELECT count(*)::integer AS items, sum(i.quantity)::float8 AS quantity, (array_agg(i.uri ORDER BY i.ordinal))[1] AS first
    FROM event_item i WHERE i.event_time = e.event_time AND i.event_id = e.id) named ON true
  LEFT JOIN LATERAL (
    SELECT d.uri FROM event_source_dest d WHERE d.event_time = e.event_time AND d.event_id = e.id
    ORDER BY d.role, d.ordinal LIMIT 1) other ON true
  LEFT JOIN LATERAL (
    SELECT b.event_time, b.biz_step, COALESCE(b.read_point, b.biz_location) AS place
    FROM event_item i CROSS JOIN LATERAL (
      SELECT p.event_time, p.biz_step, p.read_point, p.biz_location FROM epcis_event p
      WHERE p.event_time = i.event_time AND p.id = i.event_id AND p.seq < e.seq OFFSET 0) b
    WHERE i.uri = named.first AND i.partner = e.partner AND i.event_time < e.event_time
    ORDER BY i.event_time DESC LIMIT 1) before ON true
  LEFT JOIN site here ON here.uri = COALESCE(e.read_point, e.biz_location) AND here.partner = e.partner
  LEFT JOIN site there ON there.uri = before.place AND there.partner = e.partner`;

import type { EpcisEvent } from '@tallyhouse/epcis';
import { Bindings, type Known, type Queryable } from '../../trace/as-of.js';
import { eventCountsAsOf } from '../../trace/event-counts.js';
import { STEPS_OF_THE_SHEET } from './critical-event.js';

/** An event with what the sheet says of it. */
export interface SheetEvent {
  readonly id: string;
  readonly time: Date;
  /** `±hh:mm` where it happened. */
  readonly offset: string;
  readonly partnerName: string | null;
  readonly readPoint: string | null;
  readonly bizLocation: string | null;
  /** Whether the place is known to be a farm. */
  readonly isFarm: boolean;
  readonly body: EpcisEvent;
}

/** An event that made, cooled or harvested a lot. */
export interface LotEvent extends SheetEvent {
  readonly lot: string;
}

/** Which events the sheet is about. */
export interface FsmaRange {
  /** Event time, inclusive. */
  readonly from: Date;
  /** Event time, exclusive. */
  readonly to: Date;
  /** Address of the partner whose events are wanted; everybody's when absent. */
  readonly partner?: string | null;
}

/** Events of the range that may be critical tracking events, by time. */
export async function eventsOfRange(
  manager: Queryable,
  { from, to, partner }: FsmaRange,
  known: Known,
  limit: number,
): Promise<SheetEvent[]> {
  const bindings = new Bindings();
  const conditions = [
    `e.event_time >= ${bindings.bind(from)}::timestamptz AND e.event_time < ${bindings.bind(to)}::timestamptz`,
    `(e.event_type = 'TransformationEvent' OR e.biz_step ~* ${bindings.bind(STEPS_OF_THE_SHEET)})`,
    eventCountsAsOf(known, 'e', bindings),
  ];
  if (partner) conditions.push(`e.partner = ${bindings.bind(partner.toLowerCase())}`);
  return manager.query(
    `SELECT ${COLUMNS} FROM epcis_event e ${NAMES} WHERE ${conditions.join(' AND ')}
     ORDER BY e.event_time, e.seq LIMIT ${limit}`,
    bindings.values,
  );
}

/** Events that made or cooled lots, by lot and time. */
export async function lotEvents(
  manager: Queryable,
  lots: readonly string[],
  known: Known,
): Promise<LotEvent[]> {
  if (lots.length === 0) return [];
  const bindings = new Bindings();
  return manager.query(
    `SELECT i.uri AS lot, ${COLUMNS} FROM event_item i
     JOIN epcis_event e ON e.event_time = i.event_time AND e.id = i.event_id ${NAMES}
     WHERE i.uri = ANY(${bindings.bind(lots)}::text[]) AND (i.role = 'OUTPUT' OR (i.role = 'EPC'
         AND e.event_type = 'ObjectEvent' AND (e.action = 'ADD' OR e.biz_step ~* 'cooling|other$')))
       AND ${eventCountsAsOf(known, 'e', bindings)}
     ORDER BY i.uri, e.event_time, e.seq`,
    bindings.values,
  );
}

/** Events by their ids. */
export async function eventsById(manager: Queryable, ids: readonly string[]): Promise<SheetEvent[]> {
  if (ids.length === 0) return [];
  return manager.query(`SELECT ${COLUMNS} FROM epcis_event e ${NAMES} WHERE e.id = ANY($1::uuid[])`, [ids]);
}

const COLUMNS = `e.id, e.event_time AS time, e.tz_offset AS offset, e.read_point AS "readPoint",
  e.biz_location AS "bizLocation", p.name AS "partnerName", e.body,
  EXISTS (SELECT FROM site WHERE site.uri IN (e.read_point, e.biz_location) AND site.kind = 'farm') AS "isFarm"`;
/** A partner may be in the registers of several chains, under one name or several. */
const NAMES = `LEFT JOIN LATERAL (
  SELECT name FROM partner_current WHERE partner = e.partner ORDER BY chain_id LIMIT 1) p ON true`;

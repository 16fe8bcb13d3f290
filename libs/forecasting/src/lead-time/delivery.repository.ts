import type { EntityManager } from 'typeorm';
import { groupsOf, type Delivery, type DeliveryNames } from './delivery.js';

interface DeliveryRow extends DeliveryNames {
  readonly id: string;
  readonly scheduledDay: number;
  readonly deliveredDay: number;
  readonly recordedDay: number;
  readonly quantity: number;
  readonly valueUsd: number;
  readonly fulfilledVia: string;
  readonly firstLine: boolean;
}

/**
 * Deliveries of anchored events that say for when they were promised, by the day that they name as written down.
 *
 * @param upToBlock events and declarations of errors that were anchored later are not known; null for all that is here
 */
export async function anchoredDeliveries(
  queries: Pick<EntityManager, 'query'>,
  upToBlock: number | null = null,
): Promise<Delivery[]> {
  const rows: DeliveryRow[] = await queries.query(DELIVERIES, [upToBlock]);
  return rows.map(deliveryOfRow);
}

function deliveryOfRow(row: DeliveryRow): Delivery {
  const { country, mode, supplier, site, project, product, order } = row;
  return {
    ...{ id: row.id, scheduledDay: row.scheduledDay, deliveredDay: row.deliveredDay },
    recordedDay: Math.max(row.recordedDay, row.deliveredDay),
    groups: groupsOf({ country, mode, supplier, site, project, product, order }),
    ...{ quantity: row.quantity, valueUsd: row.valueUsd },
    direct: row.fulfilledVia === 'Direct Drop',
    firstLine: row.firstLine,
  };
}

const text = (name: string): string => `COALESCE(e.body ->> 'tally:${name}', '')`;
const isDay = (name: string): string => String.raw`e.body ->> 'tally:${name}' ~ '^\d{4}-\d{2}-\d{2}$'`;
/** A day that no calendar has ('2014-02-31') would end the query; years are bounded since such days are not. */
const day = (
  name: string,
): string => `(make_date(left(e.body ->> 'tally:${name}', 4)::int, substr(e.body ->> 'tally:${name}', 6, 2)::int, 1)
  + substr(e.body ->> 'tally:${name}', 9, 2)::int - 1 - date '1970-01-01')`;
const isMonth = (name: string): string =>
  `substr(e.body ->> 'tally:${name}', 6, 2) BETWEEN '01' AND '12' AND left(e.body ->> 'tally:${name}', 4) > '1900'`;
const number = (name: string): string =>
  String.raw`CASE WHEN e.body ->> 'tally:${name}' ~ '^\d{1,15}(\.\d{1,9})?$' THEN (e.body ->> 'tally:${name}')::float8 ELSE 0 END`;

/** What is written in events is whatever partners sent: anything that is no day and no number counts as not said. */
const DELIVERIES = `
  WITH received AS MATERIALIZED (
    SELECT e.id, e.event_time, e.event_hash, e.body FROM epcis_event e
    JOIN anchor_leaf l ON l.event_id = e.id
    JOIN anchor_batch b ON b.id = l.batch_id
    JOIN trace_anchored t ON t.partner = b.partner AND t.root = b.root
    WHERE e.biz_step = 'receiving' AND ${isDay('scheduledDeliveryDate')}
      AND ($1::bigint IS NULL OR t.block_number <= $1)
      AND NOT EXISTS (
        SELECT 1 FROM event_declared_erroneous d WHERE d.event_id = e.id AND ($1::bigint IS NULL OR EXISTS (
          SELECT 1 FROM anchor_leaf said JOIN anchor_batch batch ON batch.id = said.batch_id
          JOIN trace_anchored fact ON fact.partner = batch.partner AND fact.root = batch.root
          WHERE said.event_id = d.declaration_id AND fact.block_number <= $1)))
  ), dated AS MATERIALIZED (
    SELECT * FROM received e WHERE ${isMonth('scheduledDeliveryDate')}
  )
  SELECT e.id, ${day('scheduledDeliveryDate')} AS "scheduledDay",
         (e.event_time AT TIME ZONE 'UTC')::date - date '1970-01-01' AS "deliveredDay",
         CASE WHEN ${isDay('deliveryRecordedDate')} AND ${isMonth('deliveryRecordedDate')} THEN ${day('deliveryRecordedDate')}
              ELSE (e.event_time AT TIME ZONE 'UTC')::date - date '1970-01-01' END AS "recordedDay",
         ${text('country')} AS country, ${text('shipmentMode')} AS mode, ${text('vendor')} AS supplier,
         ${text('manufacturingSite')} AS site, ${text('projectCode')} AS project, ${text('molecule')} AS product,
         ${text('incoTerm')} AS "order", ${text('fulfillVia')} AS "fulfilledVia",
         ${text('firstLine')} = 'true' AS "firstLine", ${number('valueUsd')} AS "valueUsd",
         COALESCE((SELECT sum(i.quantity) FROM event_item i WHERE i.event_time = e.event_time AND i.event_id = e.id AND i.role = 'EPC'), 0)::float8 AS quantity
  FROM dated e ORDER BY "recordedDay", e.event_hash, e.id`;

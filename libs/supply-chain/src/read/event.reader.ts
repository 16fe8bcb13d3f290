import { Injectable } from '@nestjs/common';
import { decodeCursor, pageOf, type Page } from '@tallyhouse/database';
import { normalizeIdentifier } from '@tallyhouse/epcis';
import { DataSource } from 'typeorm';
import { anchoredBatch, isFinal } from './anchored-batch.sql.js';
import type { EventFilter, EventItemRow, EventRow, EventSealRow } from './event.rows.js';
import { exactTime, isUuid, timeAndId, type PageRequest } from './keyset.js';

const COLUMNS = `e.id, e.event_time AS "eventTime", e.tz_offset AS "timeZoneOffset", e.record_time AS "recordTime",
  e.partner, e.event_type AS type, e.action, e.biz_step AS "bizStep", e.disposition, e.read_point AS "readPoint",
  e.biz_location AS "bizLocation", 'ni:///sha-256;' || encode(e.event_hash, 'hex') || '?ver=CBV2.0' AS "eventHashId",
  e.capture_job AS "captureJobId", e.body`;

type Positioned = EventRow & { readonly position: string };

/** Reads events as they were captured, newest event time first. */
@Injectable()
export class EventReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * One page of events.
   *
   * @throws InvalidCursorError when `after` is not a cursor of this list
   */
  public async list(filter: EventFilter, page: PageRequest): Promise<Page<EventRow>> {
    const { conditions, values } = whereOf(filter, page.after);
    const rows: Positioned[] = await this.dataSource.query(
      `SELECT ${COLUMNS}, ${exactTime('e.event_time')} AS position
       FROM epcis_event e ${conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''}
       ORDER BY e.event_time DESC, e.id DESC LIMIT ${page.first + 1}`,
      values,
    );
    return pageOf(rows, page.first, (row) => [row.position, row.id]);
  }

  /** Events by id, in no order; ids that nobody has are left out. */
  public async byIds(ids: readonly string[]): Promise<EventRow[]> {
    return this.dataSource.query(`SELECT ${COLUMNS} FROM epcis_event e WHERE e.id = ANY($1::uuid[])`, [
      ids.filter(isUuid),
    ]);
  }

  /** Items of several events, in the order of each event. */
  public async items(eventIds: readonly string[]): Promise<EventItemRow[]> {
    return this.dataSource.query(
      `SELECT i.event_id AS "eventId", i.role, i.uri, i.quantity::double precision AS quantity, i.uom
       FROM epcis_event e JOIN event_item i ON i.event_time = e.event_time AND i.event_id = e.id
       WHERE e.id = ANY($1::uuid[]) ORDER BY i.event_id, i.ordinal`,
      [eventIds.filter(isUuid)],
    );
  }

  /** The batch of each event that has one. */
  public async seals(eventIds: readonly string[]): Promise<EventSealRow[]> {
    return this.dataSource.query(
      `SELECT l.event_id AS "eventId", b.root, b.seq, b.count AS "batchCount", t.block_number AS "blockNumber",
         t.block_hash AS "blockHash", t.tx_hash AS "txHash", t.block_time AS "blockTime",
         ${isFinal('t')} AS "isFinal"
       FROM anchor_leaf l JOIN anchor_batch b ON b.id = l.batch_id LEFT JOIN ${anchoredBatch('b', 't')} ON true
       WHERE l.event_id = ANY($1::uuid[])`,
      [eventIds.filter(isUuid)],
    );
  }
}

/** Only what is asked for reaches the statement, so that Postgres can choose an index for it. */
function whereOf(
  filter: EventFilter,
  after: string | null | undefined,
): { conditions: string[]; values: unknown[] } {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const where = (value: unknown, condition: (parameter: string) => string): void => {
    if (value !== null && value !== undefined) conditions.push(condition(`$${values.push(value)}`));
  };
  where(filter.bizStep, (step) => `e.biz_step = ${step}`);
  where(filter.type, (type) => `e.event_type = ${type}`);
  where(filter.partner?.toLowerCase(), (partner) => `e.partner = ${partner}`);
  where(filter.from, (from) => `e.event_time >= ${from}`);
  where(filter.to, (to) => `e.event_time < ${to}`);
  where(normalized(filter.location), (place) => `(e.biz_location = ${place} OR e.read_point = ${place})`);
  where(
    normalized(filter.item),
    (uri) =>
      `(e.event_time, e.id) IN (SELECT i.event_time, i.event_id FROM event_item i WHERE i.uri = ${uri})`,
  );
  if (filter.status) conditions.push(STATUS[filter.status]);
  if (after) {
    const { time, id } = timeAndId(decodeCursor(after, 2));
    const [timeParameter, idParameter] = [`$${values.push(time)}`, `$${values.push(id)}`];
    conditions.push(`(e.event_time, e.id) < (${timeParameter}::timestamptz, ${idParameter}::uuid)`);
  }
  return { conditions, values };
}

function normalized(identifier: string | null | undefined): string | undefined {
  return identifier ? normalizeIdentifier(identifier) : undefined;
}

const ON_CHAIN = 'SELECT FROM trace_anchored t WHERE t.partner = b.partner AND t.root = b.root';
/** Few events are on their way at any time, so those are found from the queue and from the batches not on chain. */
const STATUS = {
  PENDING: '(e.event_time, e.id) IN (SELECT q.event_time, q.event_id FROM anchor_queue q)',
  SEALED: `(e.event_time, e.id) IN (SELECT l.event_time, l.event_id FROM anchor_leaf l
    JOIN anchor_batch b ON b.id = l.batch_id WHERE NOT EXISTS (${ON_CHAIN}))`,
  ANCHORED: `EXISTS (SELECT FROM anchor_leaf l JOIN anchor_batch b ON b.id = l.batch_id
    WHERE l.event_id = e.id AND EXISTS (${ON_CHAIN}))`,
  FINAL: `EXISTS (SELECT FROM anchor_leaf l JOIN anchor_batch b ON b.id = l.batch_id
    WHERE l.event_id = e.id AND EXISTS (${ON_CHAIN} AND ${isFinal('t')}))`,
} as const;

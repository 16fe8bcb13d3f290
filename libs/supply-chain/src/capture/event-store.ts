import { bulkInsert } from '@tallyhouse/database';
import { normalizeIdentifier } from '@tallyhouse/epcis';
import type { Hex } from '@tallyhouse/proofs';
import type { EntityManager } from 'typeorm';
import { storeCorrections } from './correction.repository.js';
import type { EventRecord } from './event-record.js';

const EVENT_COLUMNS = {
  id: 'uuid',
  event_time: 'timestamptz',
  tz_offset: 'text',
  record_time: 'timestamptz',
  partner: 'text',
  event_type: 'text',
  action: 'text',
  biz_step: 'text',
  disposition: 'text',
  read_point: 'text',
  biz_location: 'text',
  event_hash: 'bytea',
  jcs_sha256: 'bytea',
  disclosure_root: 'bytea',
  disclosure_secret: 'bytea',
  capture_job: 'uuid',
  body: 'json',
};
const ITEM_COLUMNS = {
  event_time: 'timestamptz',
  event_id: 'uuid',
  ordinal: 'int',
  role: 'text',
  uri: 'text',
  product: 'text',
  quantity: 'numeric',
  uom: 'text',
  partner: 'text',
};
const TX_COLUMNS = {
  event_time: 'timestamptz',
  event_id: 'uuid',
  ordinal: 'int',
  type: 'text',
  uri: 'text',
  partner: 'text',
};
const PLACE_COLUMNS = {
  event_time: 'timestamptz',
  event_id: 'uuid',
  ordinal: 'int',
  role: 'text',
  type: 'text',
  uri: 'text',
  partner: 'text',
};
const QUEUE_COLUMNS = {
  seq: 'bigint',
  partner: 'text',
  event_id: 'uuid',
  event_time: 'timestamptz',
  queued_at: 'timestamptz',
};

const EDGE_QUEUE_COLUMNS = { seq: 'bigint', event_id: 'uuid', event_time: 'timestamptz' };

/**
 * Stores events that are not stored yet, with all they mention, and queues them for anchoring and for the item graph.
 *
 * @returns ids of the events that were new
 */
export async function storeEvents(
  manager: EntityManager,
  records: readonly EventRecord[],
  jobId: string,
  recordTime: Date,
): Promise<string[]> {
  const inserted = await bulkInsert(
    manager,
    'epcis_event',
    EVENT_COLUMNS,
    records.map((record) => eventRow(record, jobId, recordTime)),
    'ON CONFLICT DO NOTHING RETURNING id, seq',
  );
  const seqOf = new Map(inserted.map((row) => [row['id'] as string, row['seq']]));
  const fresh = [...new Map(records.map((record) => [record.id, record])).values()].filter((record) =>
    seqOf.has(record.id),
  );
  await bulkInsert(manager, 'event_item', ITEM_COLUMNS, fresh.flatMap(itemRows));
  await bulkInsert(manager, 'event_biz_tx', TX_COLUMNS, fresh.flatMap(transactionRows));
  await bulkInsert(manager, 'event_source_dest', PLACE_COLUMNS, fresh.flatMap(placeRows));
  await bulkInsert(
    manager,
    'anchor_queue',
    QUEUE_COLUMNS,
    fresh.map((record) => [seqOf.get(record.id), record.partner, record.id, record.eventTime, recordTime]),
  );
  await bulkInsert(
    manager,
    'edge_queue',
    EDGE_QUEUE_COLUMNS,
    fresh.map((record) => [seqOf.get(record.id), record.id, record.eventTime]),
  );
  await storeCorrections(manager, fresh);
  return fresh.map((record) => record.id);
}

function eventRow(record: EventRecord, jobId: string, recordTime: Date): unknown[] {
  const { event } = record;
  return [
    record.id,
    record.eventTime,
    record.timeZoneOffset,
    recordTime,
    record.partner,
    event.type,
    event.action,
    localName(event.bizStep),
    localName(event.disposition),
    event.readPoint && normalizeIdentifier(event.readPoint.id),
    event.bizLocation && normalizeIdentifier(event.bizLocation.id),
    bytes(record.eventHash),
    bytes(record.jcsSha256),
    bytes(record.disclosureRoot),
    record.disclosureSecret,
    jobId,
    JSON.stringify(event),
  ];
}

/** Of a hash that was made here; what its column holds is checked there. */
function bytes(hash: Hex): Buffer {
  return Buffer.from(hash.slice(2), 'hex');
}

function itemRows(record: EventRecord): unknown[][] {
  return record.items.map((item, ordinal) => [
    record.eventTime,
    record.id,
    ordinal,
    item.role,
    item.uri,
    item.product,
    item.quantity,
    item.uom,
    record.partner,
  ]);
}

function transactionRows(record: EventRecord): unknown[][] {
  return (record.event.bizTransactionList ?? []).map((entry, ordinal) => [
    record.eventTime,
    record.id,
    ordinal,
    localName(entry.type),
    entry.bizTransaction,
    record.partner,
  ]);
}

function placeRows(record: EventRecord): unknown[][] {
  const sources = (record.event.sourceList ?? []).map((entry) => [
    'SOURCE',
    localName(entry.type),
    entry.source,
  ]);
  const destinations = (record.event.destinationList ?? []).map((entry) => [
    'DESTINATION',
    localName(entry.type),
    entry.destination,
  ]);
  return [...sources, ...destinations].map(([role, type, uri], ordinal) => [
    record.eventTime,
    record.id,
    ordinal,
    role,
    type,
    normalizeIdentifier(uri ?? ''),
    record.partner,
  ]);
}

/** `shipping` of `https://ref.gs1.org/cbv/BizStep-shipping` and of `urn:epcglobal:cbv:bizstep:shipping`; own terms stay whole. */
function localName(term: string | undefined): string | undefined {
  return term?.replace(/^https:\/\/ref\.gs1\.org\/cbv\/[A-Za-z]+-|^urn:epcglobal:cbv:[a-z]+:/, '');
}

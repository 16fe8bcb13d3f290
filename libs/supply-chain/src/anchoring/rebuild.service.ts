import { Injectable } from '@nestjs/common';
import { bulkInsert } from '@tallyhouse/database';
import { resolveContext } from '@tallyhouse/epcis';
import { fromHex, type Hex } from '@tallyhouse/proofs';
import { DataSource, type EntityManager } from 'typeorm';
import { eventId, eventRecord, type EventRecord } from '../capture/event-record.js';
import { storeEvents } from '../capture/event-store.js';
import { sealBatch, type SealedBatch } from './batch.js';
import { LEAF_COLUMNS } from './leaf-columns.js';
import { decodePayload, type CarriedEvent } from './payload.js';
import { PayloadError } from './payload.errors.js';

/** What became of the batches on chain. */
export interface RebuildOutcome {
  readonly batches: number;
  readonly events: number;
  /** Stored before, as a batch or because every event was. */
  readonly present: number;
  /** On chain without a payload: their events come from their partners only. */
  readonly withoutPayload: number;
  /** Payloads that do not give their root, and why. */
  readonly refused: readonly { readonly partner: Hex; readonly seq: string; readonly reason: string }[];
}

interface AnchoredRow {
  readonly partner: Hex;
  readonly root: Hex;
  readonly seq: string;
  readonly prevHead: Hex;
  readonly head: Hex;
  readonly schemaId: Hex;
  readonly submitter: Hex;
  readonly uri: string;
  readonly blockTime: Date;
  readonly txHash: string;
  readonly payload: string | null;
  readonly isStored: boolean;
}

/** Rebuilds events, leaves and batches from what the index has read of the chain, and from nothing else. */
@Injectable()
export class RebuildService {
  public constructor(private readonly dataSource: DataSource) {}

  /** Stores what is missing, a batch in a transaction; asked again it stores nothing twice. */
  public async rebuild(chainId: number): Promise<RebuildOutcome> {
    const outcome = { batches: 0, events: 0, present: 0, withoutPayload: 0, refused: [] as Refusal[] };
    for (const { blockNumber, logIndex } of await this.positions(chainId)) {
      const row = await this.anchored(chainId, blockNumber, logIndex);
      if (!row) continue;
      if (row.isStored) outcome.present += 1;
      else if (row.payload === null) outcome.withoutPayload += 1;
      else await this.take(row, row.payload, outcome);
    }
    return outcome;
  }

  private async take(
    row: AnchoredRow,
    payload: string,
    outcome: { batches: number; events: number; refused: Refusal[] },
  ): Promise<void> {
    const { partner, seq } = row;
    try {
      const records = decodePayload(fromHex(payload)).map((event) => recordOf(event, partner));
      const sealed = sealedAs(row, records);
      await this.dataSource.transaction((manager) => store(manager, row, records, sealed));
      outcome.batches += 1;
      outcome.events += records.length;
    } catch (error) {
      if (!(error instanceof PayloadError)) throw error;
      outcome.refused.push({ partner, seq, reason: error.message });
    }
  }

  private positions(chainId: number): Promise<{ blockNumber: string; logIndex: number }[]> {
    return this.dataSource.query(
      `SELECT block_number AS "blockNumber", log_index AS "logIndex" FROM trace_anchored WHERE chain_id = $1
       ORDER BY block_number, log_index`,
      [chainId],
    );
  }

  private async anchored(
    chainId: number,
    blockNumber: string,
    logIndex: number,
  ): Promise<AnchoredRow | undefined> {
    const [row]: AnchoredRow[] = await this.dataSource.query(
      `SELECT t.partner, t.root, t.seq, t.prev_head AS "prevHead", t.head, t.schema_id AS "schemaId", t.submitter, t.uri,
         t.block_time AS "blockTime", t.tx_hash AS "txHash", p.payload,
         EXISTS (SELECT FROM anchor_batch b WHERE b.partner = t.partner AND b.root = t.root) AS "isStored"
       FROM trace_anchored t LEFT JOIN trace_payload p ON p.chain_id = t.chain_id AND p.partner = t.partner
         AND p.root = t.root AND p.seq = t.seq AND p.tx_hash = t.tx_hash
       WHERE t.chain_id = $1 AND t.block_number = $2 AND t.log_index = $3 LIMIT 1`,
      [chainId, blockNumber, logIndex],
    );
    return row;
  }
}

type Refusal = RebuildOutcome['refused'][number];
interface Rebuilt {
  readonly record: EventRecord;
  readonly recordTime: Date;
  readonly captureJob: string;
}

function recordOf(carried: CarriedEvent, partner: string): Rebuilt {
  const { body, secret, namespaces, eventHashId, captureJob, recordTime } = carried;
  try {
    const made = eventRecord(
      body,
      resolveContext([namespaces ?? {}]),
      partner,
      Buffer.from(secret, 'base64'),
    );
    const eventHash = (eventHashId ?? made.eventHash) as Hex;
    const record = { ...made, eventHash, id: eventId(partner, eventHash, made.jcsSha256) };
    return { record, captureJob, recordTime: new Date(recordTime) };
  } catch (cause) {
    throw new PayloadError('PAYLOAD_UNREADABLE', 'it carries an event that cannot be hashed', { cause });
  }
}

/** The batch that the events make; it must be the one on chain. */
function sealedAs(row: AnchoredRow, records: readonly Rebuilt[]): SealedBatch {
  const events = records.map(({ record, recordTime }) => ({
    ...{ eventId: record.id, eventTime: new Date(record.eventTime), recordTime },
    eventHash: fromHex(record.eventHash),
    jcsSha256: fromHex(record.jcsSha256),
    disclosureRoot: fromHex(record.disclosureRoot),
    disclosureSecret: record.disclosureSecret,
  }));
  if (events.length === 0) throw new PayloadError('PAYLOAD_UNREADABLE', 'it carries no event');
  const sealed = sealBatch(events, row.submitter, { seq: BigInt(row.seq) - 1n, head: row.prevHead });
  if (sealed.root !== row.root || sealed.head !== row.head || sealed.schemaId !== row.schemaId)
    throw new PayloadError(
      'PAYLOAD_UNREADABLE',
      `its events give the root ${sealed.root}, the chain has ${row.root}`,
    );
  return sealed;
}

async function store(
  manager: EntityManager,
  row: AnchoredRow,
  records: readonly Rebuilt[],
  sealed: SealedBatch,
): Promise<void> {
  for (const [key, group] of byCapture(records)) {
    const [job, time] = key.split(' ') as [string, string];
    await storeEvents(manager, group, job, new Date(time));
  }
  const ids = records.map(({ record }) => record.id);
  await manager.query('DELETE FROM anchor_queue WHERE event_id = ANY($1::uuid[])', [ids]);
  const [{ id }]: [{ id: string }] = await manager.query(
    `INSERT INTO anchor_batch (partner, submitter, seq, root, count, prev_head, head, schema_id, uri, sealed_at, tx_hash,
       sent_at, payload)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $10, decode(substr($12, 3), 'hex')) RETURNING id`,
    [
      ...[row.partner, row.submitter, row.seq, row.root, ids.length, row.prevHead, row.head, row.schemaId],
      ...[row.uri, row.blockTime, row.txHash, row.payload],
    ],
  );
  await bulkInsert(
    manager,
    'anchor_leaf',
    LEAF_COLUMNS,
    records.map(({ record }, index) => [
      ...[id, index, record.id, record.eventTime, Buffer.from(fromHex(sealed.leaves[index]!, 32))],
    ]),
  );
}

/** Events by the job and moment of their capture, which are stored together. */
function byCapture(records: readonly Rebuilt[]): Map<string, EventRecord[]> {
  const groups = new Map<string, EventRecord[]>();
  for (const { record, captureJob, recordTime } of records) {
    const key = `${captureJob} ${recordTime.toISOString()}`;
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return groups;
}

import { Injectable } from '@nestjs/common';
import { bulkInsert } from '@tallyhouse/database';
import { fromHex, type Hex } from '@tallyhouse/proofs';
import { DataSource, type EntityManager } from 'typeorm';
import { GENESIS_HEAD, LEAF_SCHEMA_ID, sealBatch, type BatchLink, type WaitingEvent } from './batch.js';

export interface SealingLimits {
  /** Events in a full batch; a full one is sealed at once. */
  readonly batchSize: number;
  /** Age in milliseconds at which waiting events are sealed into a batch that is not full. */
  readonly maxWaitMs: number;
}

const LEAF_COLUMNS = {
  batch_id: 'bigint',
  leaf_index: 'int',
  event_id: 'uuid',
  event_time: 'timestamptz',
  leaf: 'bytea',
};
/** First key of the advisory locks that serialize sealing a partner's events. */
const SEALING_LOCK = 0x7a11;

/** Turns waiting events into batches. Sealing is one transaction, so a crash seals a batch whole or not at all. */
@Injectable()
export class SealingService {
  public constructor(private readonly dataSource: DataSource) {}

  /** Seals every batch that is due; returns how many. */
  public async sealDue(submitter: Hex, limits: SealingLimits, now: Date): Promise<number> {
    let sealed = 0;
    for (const partner of await this.partnersDue(limits, now)) {
      while (await this.sealOne(partner, submitter, limits, now)) sealed += 1;
    }
    return sealed;
  }

  private async partnersDue(limits: SealingLimits, now: Date): Promise<string[]> {
    const rows: { partner: string }[] = await this.dataSource.query(
      `SELECT partner FROM anchor_queue GROUP BY partner
       HAVING count(*) >= $1 OR min(queued_at) <= $2 ORDER BY partner`,
      [limits.batchSize, new Date(now.getTime() - limits.maxWaitMs)],
    );
    return rows.map((row) => row.partner);
  }

  private async sealOne(partner: string, submitter: Hex, limits: SealingLimits, now: Date): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [SEALING_LOCK, partner]);
      const events = await takeWaiting(manager, partner, limits.batchSize);
      const oldest = events[0]?.recordTime.getTime() ?? Infinity;
      const due = events.length >= limits.batchSize || oldest <= now.getTime() - limits.maxWaitMs;
      if (events.length === 0 || !due) return false;
      await writeBatch(manager, partner, submitter, events, now);
      return true;
    });
  }
}

async function takeWaiting(manager: EntityManager, partner: string, limit: number): Promise<WaitingEvent[]> {
  return manager.query(
    `SELECT e.id AS "eventId", e.event_time AS "eventTime", e.record_time AS "recordTime",
            e.event_hash AS "eventHash", e.jcs_sha256 AS "jcsSha256", e.disclosure_root AS "disclosureRoot"
     FROM (SELECT * FROM anchor_queue WHERE partner = $1 ORDER BY seq LIMIT $2) q
     JOIN epcis_event e ON e.event_time = q.event_time AND e.id = q.event_id
     ORDER BY q.seq`,
    [partner, limit],
  );
}

async function previousLink(manager: EntityManager, partner: string): Promise<BatchLink> {
  const rows: { seq: string; head: Hex }[] = await manager.query(
    'SELECT seq, head FROM anchor_batch WHERE partner = $1 ORDER BY seq DESC LIMIT 1',
    [partner],
  );
  return rows[0] ? { seq: BigInt(rows[0].seq), head: rows[0].head } : { seq: 0n, head: GENESIS_HEAD };
}

async function writeBatch(
  manager: EntityManager,
  partner: string,
  submitter: Hex,
  events: readonly WaitingEvent[],
  now: Date,
): Promise<void> {
  const batch = sealBatch(events, submitter, await previousLink(manager, partner));
  const [{ id }]: [{ id: string }] = await manager.query(
    `INSERT INTO anchor_batch (partner, submitter, seq, root, count, prev_head, head, schema_id, uri, sealed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $9) RETURNING id`,
    [
      partner,
      submitter,
      batch.seq.toString(),
      batch.root,
      events.length,
      batch.prevHead,
      batch.head,
      LEAF_SCHEMA_ID,
      now,
    ],
  );
  const rows = events.map((event, index) => [
    id,
    index,
    event.eventId,
    event.eventTime,
    Buffer.from(fromHex(batch.leaves[index]!, 32)),
  ]);
  await bulkInsert(manager, 'anchor_leaf', LEAF_COLUMNS, rows);
  await manager.query('DELETE FROM anchor_queue WHERE event_id = ANY($1::uuid[])', [
    events.map((event) => event.eventId),
  ]);
}

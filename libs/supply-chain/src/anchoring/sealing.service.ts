import { Injectable } from '@nestjs/common';
import { bulkInsert } from '@tallyhouse/database';
import { fromHex, type Hex } from '@tallyhouse/proofs';
import { inJoinedSpan } from '@tallyhouse/telemetry';
import { DataSource, type EntityManager } from 'typeorm';
import { previousLink, serializeSealing, storeBatch } from './batch.repository.js';
import { carriedEvents } from './carried-events.repository.js';
import { LEAF_COLUMNS } from './leaf-columns.js';
import { encodePayload, MAX_PAYLOAD_BYTES } from './payload.js';
import { sealBatch, type WaitingEvent } from './batch.js';
import { originsOfEvents } from './trace-origin.repository.js';

export interface SealingLimits {
  /** Events in a full batch; a full one is sealed at once. */
  readonly batchSize: number;
  /** Age in milliseconds at which waiting events are sealed into a batch that is not full. */
  readonly maxWaitMs: number;
  /** Whether the events ride on chain with their batch; they are public then. */
  readonly carryPayload?: boolean;
}

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
      await serializeSealing(manager, partner);
      const events = await takeWaiting(manager, partner, limits.batchSize);
      const oldest = events[0]?.recordTime.getTime() ?? Infinity;
      const due = events.length >= limits.batchSize || oldest <= now.getTime() - limits.maxWaitMs;
      if (events.length === 0 || !due) return false;
      const { taken, payload } = limits.carryPayload ? await fitting(manager, events) : { taken: events };
      const owner = await submitterOf(manager, partner, submitter);
      const origins = await originsOfEvents(manager, taken);
      await inJoinedSpan('seal batch', origins, { 'tallyhouse.events': taken.length }, (span) =>
        writeBatch(manager, partner, owner, taken, {
          ...{ now, payload, traceparent: span?.traceparent ?? null },
        }),
      );
      return true;
    });
  }
}

async function takeWaiting(manager: EntityManager, partner: string, limit: number): Promise<WaitingEvent[]> {
  return manager.query(
    `SELECT e.id AS "eventId", e.event_time AS "eventTime", e.record_time AS "recordTime",
            e.event_hash AS "eventHash", e.jcs_sha256 AS "jcsSha256", e.disclosure_root AS "disclosureRoot",
            e.disclosure_secret AS "disclosureSecret"
     FROM (SELECT * FROM anchor_queue WHERE partner = $1 ORDER BY seq LIMIT $2) q
     JOIN epcis_event e ON e.event_time = q.event_time AND e.id = q.event_id
     ORDER BY q.seq`,
    [partner, limit],
  );
}

/** The key that will anchor the batch: the partner's own where it chose so, else the relayer's. */
async function submitterOf(manager: EntityManager, partner: string, relayer: Hex): Promise<Hex> {
  const [own]: { submitter: Hex }[] = await manager.query(
    'SELECT submitter FROM partner_submission WHERE partner = $1',
    [partner],
  );
  return own?.submitter ?? relayer;
}

/** As many of the events as fit on chain together; one that is too large by itself goes without a payload. */
async function fitting(
  manager: EntityManager,
  events: readonly WaitingEvent[],
): Promise<{ taken: readonly WaitingEvent[]; payload?: Buffer }> {
  const carried = await carriedEvents(manager, events);
  for (let count = events.length; count > 0; count = Math.floor(count / 2)) {
    const payload = encodePayload(carried.slice(0, count));
    if (payload.length <= MAX_PAYLOAD_BYTES) return { taken: events.slice(0, count), payload };
  }
  return { taken: events.slice(0, 1) };
}

async function writeBatch(
  manager: EntityManager,
  partner: string,
  submitter: Hex,
  events: readonly WaitingEvent[],
  { now, payload, traceparent }: { now: Date; payload?: Buffer; traceparent: string | null },
): Promise<void> {
  const batch = sealBatch(events, submitter, await previousLink(manager, partner));
  const id = await storeBatch(manager, partner, submitter, batch, now);
  if (payload) await manager.query('UPDATE anchor_batch SET payload = $2 WHERE id = $1', [id, payload]);
  if (traceparent !== null)
    await manager.query('UPDATE anchor_batch SET traceparent = $2 WHERE id = $1', [id, traceparent]);
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

import { Injectable } from '@nestjs/common';
import { bulkInsert } from '@tallyhouse/database';
import { fromHex, TEXT_LEAF_SCHEMA_ID, textLeaf, toHex, type Hex } from '@tallyhouse/proofs';
import {
  previousLink,
  sealLeaves,
  serializeSealing,
  storeBatch,
  type SealingLimits,
} from '@tallyhouse/supply-chain';
import { DataSource, type EntityManager } from 'typeorm';

const LEAF_COLUMNS = { batch_id: 'bigint', leaf_index: 'int', text_id: 'uuid', leaf: 'bytea' };

interface WaitingText {
  readonly id: string;
  readonly queuedAt: Date;
  readonly recordTime: Date;
  readonly textSha256: Uint8Array;
  readonly recordSha256: Uint8Array;
}

/** Turns waiting texts into batches of the partner's one chain of batches, beside those of events. */
@Injectable()
export class TextSealing {
  public constructor(private readonly dataSource: DataSource) {}

  /** Seals every batch that is due; returns how many. Each is one transaction. */
  public async sealDue(submitter: Hex, limits: SealingLimits, now: Date): Promise<number> {
    const partners: { partner: string }[] = await this.dataSource.query(
      `SELECT partner FROM text_anchor_queue GROUP BY partner
       HAVING count(*) >= $1 OR min(queued_at) <= $2 ORDER BY partner`,
      [limits.batchSize, new Date(now.getTime() - limits.maxWaitMs)],
    );
    let sealed = 0;
    for (const { partner } of partners)
      while (await this.sealOne(partner, submitter, limits, now)) sealed += 1;
    return sealed;
  }

  private async sealOne(partner: string, submitter: Hex, limits: SealingLimits, now: Date): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      await serializeSealing(manager, partner);
      const texts = await waiting(manager, partner, limits.batchSize);
      const oldest = texts[0]?.queuedAt.getTime() ?? Infinity;
      const due = texts.length >= limits.batchSize || oldest <= now.getTime() - limits.maxWaitMs;
      if (texts.length === 0 || !due) return false;
      await seal(manager, partner, submitter, texts, now);
      return true;
    });
  }
}

async function waiting(manager: EntityManager, partner: string, limit: number): Promise<WaitingText[]> {
  return manager.query(
    `SELECT t.id, q.queued_at AS "queuedAt", t.record_time AS "recordTime", t.text_sha256 AS "textSha256",
       t.record_sha256 AS "recordSha256"
     FROM (SELECT * FROM text_anchor_queue WHERE partner = $1 ORDER BY seq LIMIT $2) q
     JOIN text t ON t.id = q.text_id ORDER BY q.seq`,
    [partner, limit],
  );
}

async function seal(
  manager: EntityManager,
  partner: string,
  submitter: Hex,
  texts: readonly WaitingText[],
  now: Date,
): Promise<void> {
  const leaves = texts.map((text) =>
    textLeaf({
      textSha256: toHex(text.textSha256),
      recordSha256: toHex(text.recordSha256),
      submitter,
      recordTime: BigInt(Math.floor(text.recordTime.getTime() / 1_000)),
    }),
  );
  const batch = sealLeaves(leaves, TEXT_LEAF_SCHEMA_ID, await previousLink(manager, partner));
  const id = await storeBatch(manager, partner, submitter, batch, now);
  const rows = texts.map((text, index) => [id, index, text.id, Buffer.from(fromHex(leaves[index]!, 32))]);
  await bulkInsert(manager, 'text_leaf', LEAF_COLUMNS, rows);
  await manager.query('DELETE FROM text_anchor_queue WHERE text_id = ANY($1::uuid[])', [
    texts.map((text) => text.id),
  ]);
}

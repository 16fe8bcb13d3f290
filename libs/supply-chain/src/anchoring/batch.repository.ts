import type { Hex } from '@tallyhouse/proofs';
import type { EntityManager } from 'typeorm';
import { GENESIS_HEAD, type BatchLink, type SealedBatch } from './batch.js';

/** First key of the advisory locks that serialize sealing in the name of a partner. */
const SEALING_LOCK = 0x7a11;

/** Waits until nobody else seals for the partner, and keeps others waiting until the transaction ends. */
export async function serializeSealing(manager: EntityManager, partner: string): Promise<void> {
  await manager.query('SELECT pg_advisory_xact_lock($1, hashtext($2))', [SEALING_LOCK, partner]);
}

/**
 * What the partner's next batch follows: its last one, here or on chain. The chain has some that are not here when the
 * database was restored from a backup older than they are. Call {@link serializeSealing} before.
 */
export async function previousLink(manager: EntityManager, partner: string): Promise<BatchLink> {
  const anchored = await anchoredLink(manager, partner);
  const sealed = await lastLink(manager, 'anchor_batch', partner);
  return sealed.seq > anchored.seq ? sealed : anchored;
}

/** The partner's last batch on chain, as far as indexed; the beginning of its chain when there is none. */
export function anchoredLink(manager: EntityManager, partner: string): Promise<BatchLink> {
  return lastLink(manager, 'trace_anchored', partner);
}

async function lastLink(
  manager: EntityManager,
  table: 'anchor_batch' | 'trace_anchored',
  partner: string,
): Promise<BatchLink> {
  const [last]: { seq: string; head: Hex }[] = await manager.query(
    `SELECT seq, head FROM ${table} WHERE partner = $1 ORDER BY seq DESC LIMIT 1`,
    [partner],
  );
  return last ? { seq: BigInt(last.seq), head: last.head } : { seq: 0n, head: GENESIS_HEAD };
}

/** Stores a batch, whose leaves the caller keeps; returns its id. */
export async function storeBatch(
  manager: EntityManager,
  partner: string,
  submitter: Hex,
  batch: SealedBatch,
  now: Date,
): Promise<string> {
  const { seq, root, leaves, prevHead, head, schemaId } = batch;
  const [{ id }]: [{ id: string }] = await manager.query(
    `INSERT INTO anchor_batch (partner, submitter, seq, root, count, prev_head, head, schema_id, uri, sealed_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, '', $9) RETURNING id`,
    [partner, submitter, seq.toString(), root, leaves.length, prevHead, head, schemaId, now],
  );
  return id;
}

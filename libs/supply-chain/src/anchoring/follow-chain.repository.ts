import { anchorHead, type Hex } from '@tallyhouse/proofs';
import type { DataSource, EntityManager } from 'typeorm';
import { anchoredLink, serializeSealing } from './batch.repository.js';

/** Beyond every number that is given, so that no two batches of a partner have one number while they change it. */
const PARKED = '1000000000000';

/** Batches that were given other numbers. */
export interface Renumbered {
  readonly partner: Hex;
  readonly batches: number;
}

/** Partners whose first waiting batch follows something else than the last that is on chain. */
const ASTRAY = `
  SELECT w.partner FROM (
    SELECT DISTINCT ON (b.partner) b.partner, b.prev_head FROM anchor_batch b
    WHERE NOT EXISTS (SELECT 1 FROM trace_anchored t WHERE t.partner = b.partner AND t.root = b.root)
    ORDER BY b.partner, b.seq
  ) w JOIN LATERAL (
    SELECT head FROM trace_anchored t WHERE t.partner = w.partner ORDER BY seq DESC LIMIT 1
  ) last ON last.head <> w.prev_head ORDER BY w.partner`;

const WAITING = `
  SELECT b.id, b.root, b.count, b.schema_id AS "schemaId" FROM anchor_batch b
  WHERE b.partner = $1 AND NOT EXISTS (SELECT 1 FROM trace_anchored t WHERE t.partner = b.partner AND t.root = b.root)
  ORDER BY b.seq`;

/**
 * Puts waiting batches after the last that the chain has of their partner, where it has some that are not here: the
 * database was restored from a backup older than they are. Leaves and roots stay; a signature was for the old place and
 * goes, so that it is asked for again.
 */
export async function followChain(dataSource: DataSource): Promise<Renumbered[]> {
  const astray: { partner: Hex }[] = await dataSource.query(ASTRAY);
  const renumbered: Renumbered[] = [];
  for (const { partner } of astray)
    renumbered.push({
      partner,
      batches: await dataSource.transaction((manager) => renumber(manager, partner)),
    });
  return renumbered;
}

async function renumber(manager: EntityManager, partner: Hex): Promise<number> {
  await serializeSealing(manager, partner);
  const waiting: { id: string; root: Hex; count: number; schemaId: Hex }[] = await manager.query(WAITING, [
    partner,
  ]);
  await manager.query('UPDATE anchor_batch SET seq = seq + $2 WHERE id = ANY($1::bigint[])', [
    waiting.map(({ id }) => id),
    PARKED,
  ]);
  let link = await anchoredLink(manager, partner);
  for (const { id, root, count, schemaId } of waiting) {
    const seq = link.seq + 1n;
    const head = anchorHead({ prevHead: link.head, root, count, schemaId, seq });
    await manager.query(
      `UPDATE anchor_batch SET seq = $2, prev_head = $3, head = $4, signature = NULL, signature_deadline = NULL,
         last_error = NULL WHERE id = $1`,
      [id, seq.toString(), link.head, head],
    );
    link = { seq, head };
  }
  return waiting.length;
}

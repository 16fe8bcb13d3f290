import { leafOfSchema, merkleTree, ProofInputError, toHex, type Hex } from '@tallyhouse/proofs';
import type { EventProof } from '../engine/rule.js';
import type { Queryable } from '../trace/as-of.js';

/** What the store and the chain have of an event's anchoring; hashes as bytes. */
export interface AnchoredRow {
  readonly anchoredAt: Date | null;
  readonly batchId: string | null;
  readonly root: Hex | null;
  readonly schemaId: Hex | null;
  readonly submitter: Hex | null;
  readonly leaf: Buffer | null;
  readonly eventHash: Buffer;
  readonly disclosureRoot: Buffer;
  readonly secret: Buffer;
  /** Unix seconds, as the leaf has it. */
  readonly recordSeconds: string;
}

/** Columns of {@link AnchoredRow}, of an event `e`; to be followed by {@link ANCHORING} in FROM. */
export const ANCHORED_COLUMNS = `a.block_time AS "anchoredAt", a.batch_id::text AS "batchId", a.root,
  a.schema_id AS "schemaId", a.submitter, a.leaf, e.event_hash AS "eventHash", e.disclosure_root AS "disclosureRoot",
  e.disclosure_secret AS secret, floor(extract(epoch FROM e.record_time))::bigint::text AS "recordSeconds"`;

/** When and under which root the batch of event `e` was first anchored. */
export const ANCHORING = `LATERAL (
  SELECT t.block_time, l.batch_id, b.root, b.schema_id, b.submitter, l.leaf
  FROM anchor_leaf l JOIN anchor_batch b ON b.id = l.batch_id
  JOIN trace_anchored t ON t.partner = b.partner AND t.root = b.root
  WHERE l.event_id = e.id ORDER BY t.block_number, t.log_index LIMIT 1) a ON true`;

/**
 * Whether the root of each batch comes out of its stored leaves again. One batch at a time is in memory: 65,536 leaves
 * take a few megabytes.
 */
export async function rootsThatHold(
  manager: Queryable,
  rows: readonly AnchoredRow[],
): Promise<ReadonlySet<string>> {
  const roots = new Map(
    rows.flatMap(({ batchId, root }) => (batchId && root ? [[batchId, root] as const] : [])),
  );
  const holding = new Set<string>();
  for (const [batchId, root] of roots) {
    const leaves: { leaf: Buffer }[] = await manager.query(
      'SELECT leaf FROM anchor_leaf WHERE batch_id = $1 ORDER BY leaf_index',
      [batchId],
    );
    if (leaves.length > 0 && merkleTree(leaves.map(({ leaf }) => toHex(leaf))).root === root)
      holding.add(batchId);
  }
  return holding;
}

/**
 * The proof of an event as it is kept now; undefined while it is not on chain. The leaf is made again of the stored body,
 * so that a body changed together with its stored hash is found as well.
 *
 * @param jcsSha256 SHA-256 of the body as it is kept
 * @param storedSha256 the one that was noted at capture
 */
export function proofOf(
  row: AnchoredRow,
  jcsSha256: Hex,
  storedSha256: string,
  holding: ReadonlySet<string>,
): EventProof | undefined {
  const { anchoredAt, batchId } = row;
  if (!anchoredAt || batchId === null) return undefined;
  return {
    anchoredAt: anchoredAt.getTime(),
    hashMatches: jcsSha256 === storedSha256 && leafHolds(row, jcsSha256),
    rootMatches: holding.has(batchId),
  };
}

/** Leaves of a form that is not known here cannot be made again and are not doubted. */
function leafHolds(row: AnchoredRow, jcsSha256: Hex): boolean {
  const { schemaId, submitter, leaf } = row;
  if (!schemaId || !submitter || !leaf) return false;
  try {
    const made = leafOfSchema(schemaId, {
      ...{
        eventHashId: toHex(row.eventHash),
        jcsSha256,
        disclosureRoot: toHex(row.disclosureRoot),
        submitter,
      },
      ...{ recordTime: BigInt(row.recordSeconds), secret: toHex(row.secret) },
    });
    return made === undefined || made === toHex(leaf);
  } catch (error) {
    if (error instanceof ProofInputError) return false;
    throw error;
  }
}

import {
  keySlot,
  partnerSlots,
  readPartnerRecord,
  type Hex,
  type Predecessors,
  type ProofBundle,
  type StatedCorrection,
  type StatedDeclaration,
  type SubmitterRights,
} from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import { anchoredBatch } from '../read/anchored-batch.sql.js';
import type { AnchoredLeaf, RpcCall } from './anchor-proof.reader.js';

/** As many batches before the proved one are carried; a longer chain begins at a head that is named. */
const MAX_PREDECESSORS = 256;
const MAX_STATED = 1_000;

/** The partner's batches before the one of the proof, as the index has them. */
export async function predecessorsOf(dataSource: DataSource, proof: AnchoredLeaf): Promise<Predecessors> {
  const rows: { seq: string; prevHead: Hex; root: Hex; count: string; schemaId: Hex }[] =
    await dataSource.query(
      `SELECT seq, prev_head AS "prevHead", root, count, schema_id AS "schemaId" FROM trace_anchored
       WHERE chain_id = $1 AND partner = $2 AND seq < $3 ORDER BY seq DESC LIMIT $4`,
      [proof.chainId, proof.partner, proof.seq, MAX_PREDECESSORS],
    );
  const oldest = rows.at(-1);
  return {
    head: oldest?.prevHead ?? proof.prevHead,
    seq: String(BigInt(oldest?.seq ?? proof.seq) - 1n),
    links: rows.reverse().map(({ root, count, schemaId }) => ({ root, count: Number(count), schemaId })),
  };
}

/** What the server says of corrections, up to the block that is indexed. */
export async function statedOf(dataSource: DataSource, proof: AnchoredLeaf): Promise<ProofBundle['stated']> {
  const [checkpoint]: { block: string }[] = await dataSource.query(
    'SELECT block_number AS block FROM chain_checkpoint WHERE chain_id = $1',
    [proof.chainId],
  );
  const corrections: (Omit<StatedCorrection, 'block'> & { block: string })[] = await dataSource.query(
    `SELECT block_number AS block, tx_hash AS transaction, reason, submitter FROM trace_error_declared
     WHERE chain_id = $1 AND partner = $2 AND root = $3 AND leaf = $4 ORDER BY block_number, log_index LIMIT $5`,
    [proof.chainId, proof.partner, proof.root, proof.leaf, MAX_STATED],
  );
  return {
    asOfBlock: Number(checkpoint?.block ?? proof.blockNumber),
    corrections: corrections.map((row) => ({ ...row, block: Number(row.block) })),
  };
}

/** Neither hash nor content of the declaration: both repeat what a redacted bundle hides. */
export async function declarationsOf(dataSource: DataSource, eventId: string): Promise<StatedDeclaration[]> {
  const rows: { declaredAt: Date; reason: string | null; block: string | null }[] = await dataSource.query(
    `SELECT d.declaration_time AS "declaredAt", d.reason, t.block_number AS block FROM event_declared_erroneous d
     LEFT JOIN anchor_leaf l ON l.event_id = d.declaration_id LEFT JOIN anchor_batch b ON b.id = l.batch_id
     LEFT JOIN ${anchoredBatch('b', 't')} ON true
     WHERE d.event_id = $1 ORDER BY d.declaration_time, d.declaration_id LIMIT $2`,
    [eventId, MAX_STATED],
  );
  return rows.map(({ declaredAt, reason, block }) => ({
    ...{ declaredAt: declaredAt.toISOString(), reason },
    anchoredInBlock: block === null ? null : Number(block),
  }));
}

/**
 * State of the registry after the block: who the partner was and that the key spoke for it (eth_getProof, EIP-1186).
 *
 * @returns null where the node keeps no state of that block, or cannot prove it
 */
export async function rightsOf(
  dataSource: DataSource,
  rpc: RpcCall,
  registry: Hex,
  proof: AnchoredLeaf,
): Promise<SubmitterRights | null> {
  const gln = await glnOf(dataSource, proof);
  const { record, glnHash } = partnerSlots(proof.partner);
  const prove = (slots: readonly Hex[]): Promise<StateProof | null> =>
    rpc('eth_getProof', [registry, slots, `0x${BigInt(proof.blockNumber).toString(16)}`]).then(
      readStateProof,
      () => null,
    );
  const state = await prove([record, glnHash]);
  if (!state || gln === undefined) return null;
  const { generation } = readPartnerRecord(BigInt(state.slots[0]?.value ?? 0));
  const isKey = proof.submitter !== proof.partner;
  const key = isKey ? await prove([keySlot(proof.partner, generation, proof.submitter)]) : null;
  if (isKey && !key) return null;
  return {
    registry,
    gln,
    accountProof: state.account,
    partnerProof: state.slots[0]?.nodes ?? [],
    glnProof: state.slots[1]?.nodes ?? [],
    keyProof: key ? (key.slots[0]?.nodes ?? []) : null,
  };
}

async function glnOf(dataSource: DataSource, proof: AnchoredLeaf): Promise<string | undefined> {
  const [row]: { gln: string }[] = await dataSource.query(
    `SELECT gln FROM partner_registered WHERE chain_id = $1 AND partner = $2 AND block_number <= $3
     ORDER BY block_number DESC, log_index DESC LIMIT 1`,
    [proof.chainId, proof.partner, proof.blockNumber],
  );
  return row?.gln;
}

interface StateProof {
  readonly account: Hex[];
  readonly slots: readonly { readonly value: Hex; readonly nodes: Hex[] }[];
}

/** A node's answer as it should be; anything else counts as none, since the verifier will hold it to the header. */
function readStateProof(answer: unknown): StateProof | null {
  const { accountProof, storageProof } = (answer ?? {}) as Record<string, unknown>;
  if (!isNodes(accountProof) || !Array.isArray(storageProof)) return null;
  const slots = (storageProof as Record<string, unknown>[]).map(({ value, proof }) => ({
    value,
    nodes: proof,
  }));
  const isWhole = slots.every(
    ({ value, nodes }) => typeof value === 'string' && /^0x[0-9a-f]{1,64}$/.test(value) && isNodes(nodes),
  );
  return isWhole ? ({ account: accountProof, slots } as StateProof) : null;
}

function isNodes(value: unknown): value is Hex[] {
  return (
    Array.isArray(value) && value.every((node) => typeof node === 'string' && /^0x[0-9a-f]+$/.test(node))
  );
}

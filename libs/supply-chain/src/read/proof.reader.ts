import { Injectable } from '@nestjs/common';
import { merkleTree, toHex, type Hex, type MerkleTree } from '@tallyhouse/proofs';
import { DataSource } from 'typeorm';
import { anchoredBatch } from './anchored-batch.sql.js';
import { isUuid } from './keyset.js';
import { ProofInconsistentError } from './proof.errors.js';

/** All that leads from a stored event to a log on chain. Hashes as `0x` and 64 digits, addresses lower case. */
export interface EventProofRow {
  readonly eventId: string;
  readonly eventHashId: Hex;
  readonly jcsSha256: Hex;
  readonly disclosureRoot: Hex;
  readonly submitter: Hex;
  readonly recordTime: Date;
  /** Unix seconds, as the leaf has it. */
  readonly recordTimeSeconds: string;
  readonly leaf: Hex;
  readonly leafIndex: number;
  /** Siblings from the leaf to the root. */
  readonly path: readonly Hex[];
  readonly root: Hex;
  readonly partner: Hex;
  readonly seq: string;
  readonly count: number;
  readonly prevHead: Hex;
  readonly head: Hex;
  readonly schemaId: Hex;
  readonly chainId: number;
  readonly blockNumber: string;
  readonly blockHash: Hex;
  readonly blockTime: Date;
  readonly txHash: Hex;
  readonly logIndex: number;
}

type StoredProof = Omit<EventProofRow, 'path'> & { readonly batchId: string };

/** Trees kept for the batches asked for last; a tree of the largest batch takes about 8 MB. */
const MAX_TREES = 8;

/** Rebuilds proofs from stored leaves. */
@Injectable()
export class ProofReader {
  private readonly trees = new Map<string, Promise<MerkleTree>>();

  public constructor(private readonly dataSource: DataSource) {}

  /**
   * The proof of an event, or undefined when the event is unknown or its batch is not on chain.
   *
   * @throws ProofInconsistentError when the stored leaves do not give the anchored root
   */
  public async find(eventId: string): Promise<EventProofRow | undefined> {
    if (!isUuid(eventId)) return undefined;
    const [stored]: StoredProof[] = await this.dataSource.query(PROOF, [eventId]);
    if (!stored) return undefined;
    const { batchId, ...proof } = stored;
    const tree = await this.tree(batchId, proof.root);
    return { ...proof, path: tree.proof(proof.leafIndex) };
  }

  private tree(batchId: string, root: Hex): Promise<MerkleTree> {
    const key = `${batchId}:${root}`;
    const tree = this.trees.get(key) ?? this.build(batchId, root);
    this.trees.delete(key);
    this.trees.set(key, tree);
    tree.catch(() => this.trees.delete(key));
    const [oldest] = this.trees.keys();
    if (this.trees.size > MAX_TREES && oldest !== undefined) this.trees.delete(oldest);
    return tree;
  }

  private async build(batchId: string, root: Hex): Promise<MerkleTree> {
    const rows: { leaf: Buffer }[] = await this.dataSource.query(
      'SELECT leaf FROM anchor_leaf WHERE batch_id = $1 ORDER BY leaf_index',
      [batchId],
    );
    if (rows.length === 0) throw new ProofInconsistentError(root, 'of no leaves at all');
    const tree = merkleTree(rows.map((row) => toHex(row.leaf)));
    if (tree.root !== root) throw new ProofInconsistentError(root, tree.root);
    return tree;
  }
}

const hex = (column: string): string => `'0x' || encode(${column}, 'hex')`;

const PROOF = `
  SELECT e.id AS "eventId", ${hex('e.event_hash')} AS "eventHashId", ${hex('e.jcs_sha256')} AS "jcsSha256",
    ${hex('e.disclosure_root')} AS "disclosureRoot", b.submitter, e.record_time AS "recordTime",
    floor(extract(epoch FROM e.record_time))::bigint AS "recordTimeSeconds", ${hex('l.leaf')} AS leaf,
    l.leaf_index AS "leafIndex", b.id AS "batchId", t.root, t.partner, t.seq, b.count, t.prev_head AS "prevHead", t.head,
    t.schema_id AS "schemaId", t.chain_id AS "chainId", t.block_number AS "blockNumber", t.block_hash AS "blockHash",
    t.block_time AS "blockTime", t.tx_hash AS "txHash", t.log_index AS "logIndex"
  FROM anchor_leaf l
  JOIN anchor_batch b ON b.id = l.batch_id
  JOIN epcis_event e ON e.event_time = l.event_time AND e.id = l.event_id
  JOIN ${anchoredBatch('b', 't')} ON true
  WHERE l.event_id = $1`;

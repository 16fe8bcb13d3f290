import { Injectable } from '@nestjs/common';
import { contentCommitment, EVENT_LEAF_SCHEMAS, type Hex } from '@tallyhouse/proofs';
import { DataSource } from 'typeorm';
import { anchoredBatch, anchoredPlace, hexOf } from './anchored-batch.sql.js';
import { BatchTrees } from './batch-trees.js';
import { isUuid } from './keyset.js';

/** All that leads from a stored event to a log on chain. Hashes as `0x` and 64 digits, addresses lower case. */
export interface EventProofRow {
  readonly eventId: string;
  readonly eventHashId: Hex;
  readonly jcsSha256: Hex;
  readonly disclosureRoot: Hex;
  /** What the leaf holds in place of both hashes; null in batches of the first form, which hold the hashes. */
  readonly content: Hex | null;
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

type StoredProof = Omit<EventProofRow, 'path' | 'content'> & {
  readonly batchId: string;
  readonly secret: Buffer;
};

/** Rebuilds proofs from stored leaves. */
@Injectable()
export class ProofReader {
  private readonly trees: BatchTrees;

  public constructor(private readonly dataSource: DataSource) {
    this.trees = new BatchTrees(dataSource, 'anchor_leaf');
  }

  /**
   * The proof of an event, or undefined when the event is unknown or its batch is not on chain.
   *
   * @throws ProofInconsistentError when the stored leaves do not give the anchored root
   */
  public async find(eventId: string): Promise<EventProofRow | undefined> {
    if (!isUuid(eventId)) return undefined;
    const [stored]: StoredProof[] = await this.dataSource.query(PROOF, [eventId]);
    if (!stored) return undefined;
    const { batchId, secret, ...proof } = stored;
    const tree = await this.trees.of(batchId, proof.root);
    const isBlinded = proof.schemaId === EVENT_LEAF_SCHEMAS[2];
    const content = isBlinded ? contentCommitment(proof, secret) : null;
    return { ...proof, content, path: tree.proof(proof.leafIndex) };
  }
}

const PROOF = `
  SELECT e.id AS "eventId", ${hexOf('e.event_hash')} AS "eventHashId", ${hexOf('e.jcs_sha256')} AS "jcsSha256",
    ${hexOf('e.disclosure_root')} AS "disclosureRoot", e.disclosure_secret AS secret, b.submitter, e.record_time AS "recordTime",
    floor(extract(epoch FROM e.record_time))::bigint AS "recordTimeSeconds", ${hexOf('l.leaf')} AS leaf,
    l.leaf_index AS "leafIndex", b.id AS "batchId", b.count, t.prev_head AS "prevHead", t.head,
    ${anchoredPlace('t')}
  FROM anchor_leaf l
  JOIN anchor_batch b ON b.id = l.batch_id
  JOIN epcis_event e ON e.event_time = l.event_time AND e.id = l.event_id
  JOIN ${anchoredBatch('b', 't')} ON true
  WHERE l.event_id = $1`;

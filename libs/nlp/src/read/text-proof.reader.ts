import { Injectable } from '@nestjs/common';
import { textSha256, type Hex } from '@tallyhouse/proofs';
import { anchoredBatch, anchoredPlace, BatchTrees, hexOf, isUuid } from '@tallyhouse/supply-chain';
import { DataSource } from 'typeorm';

/** All that leads from a stored text to a log on chain. Hashes as `0x` and 64 digits, addresses lower case. */
export interface TextProofRow {
  readonly textId: string;
  readonly textSha256: Hex;
  readonly recordSha256: Hex;
  /** Whether the words as they are stored now still have the hash that was anchored. */
  readonly intact: boolean;
  readonly submitter: Hex;
  /** Unix seconds, as the leaf has it. */
  readonly recordTimeSeconds: string;
  readonly leaf: Hex;
  readonly leafIndex: number;
  /** Siblings from the leaf to the root. */
  readonly path: readonly Hex[];
  readonly root: Hex;
  readonly partner: Hex;
  readonly seq: string;
  readonly schemaId: Hex;
  readonly chainId: number;
  readonly blockNumber: string;
  readonly blockHash: Hex;
  readonly blockTime: Date;
  readonly txHash: Hex;
  readonly logIndex: number;
}

type StoredProof = Omit<TextProofRow, 'intact' | 'path'> & {
  readonly batchId: string;
  readonly title: string;
  readonly body: string;
};

/** Rebuilds proofs of texts from stored leaves. */
@Injectable()
export class TextProofReader {
  private readonly trees: BatchTrees;

  public constructor(private readonly dataSource: DataSource) {
    this.trees = new BatchTrees(dataSource, 'text_leaf');
  }

  /**
   * The proof of a text, or undefined when the text is unknown or its batch is not on chain.
   *
   * @throws ProofInconsistentError when the stored leaves do not give the anchored root
   */
  public async find(textId: string): Promise<TextProofRow | undefined> {
    if (!isUuid(textId)) return undefined;
    const [stored]: StoredProof[] = await this.dataSource.query(
      `SELECT x.id AS "textId", ${hexOf('x.text_sha256')} AS "textSha256", ${hexOf('x.record_sha256')} AS "recordSha256",
         x.title, x.body, b.submitter, floor(extract(epoch FROM x.record_time))::bigint AS "recordTimeSeconds",
         ${hexOf('l.leaf')} AS leaf, l.leaf_index AS "leafIndex", b.id AS "batchId",
         ${anchoredPlace('t')}
       FROM text_leaf l JOIN anchor_batch b ON b.id = l.batch_id JOIN text x ON x.id = l.text_id
       JOIN ${anchoredBatch('b', 't')} ON true WHERE l.text_id = $1`,
      [textId],
    );
    if (!stored) return undefined;
    const { batchId, title, body, ...proof } = stored;
    const tree = await this.trees.of(batchId, proof.root);
    const intact = textSha256(title, body) === proof.textSha256;
    return { ...proof, intact, path: tree.proof(proof.leafIndex) };
  }
}

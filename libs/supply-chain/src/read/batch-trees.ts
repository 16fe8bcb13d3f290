import { keptBy, type KeptQueries } from '@tallyhouse/database';
import { merkleTree, toHex, type Hex, type MerkleTree } from '@tallyhouse/proofs';
import type { DataSource } from 'typeorm';
import { ProofInconsistentError } from './proof.errors.js';

/** Trees kept for the batches asked for last; a tree of the largest batch takes about 8 MB. */
const MAX_TREES = 8;

/** Rebuilds the Merkle trees of batches from the leaves stored in a table. */
export class BatchTrees {
  private readonly trees = new Map<string, Promise<MerkleTree>>();
  private readonly kept: KeptQueries;

  /** @param table of leaves, with the columns batch_id, leaf_index and leaf */
  public constructor(
    dataSource: DataSource,
    private readonly table: 'anchor_leaf' | 'text_leaf',
  ) {
    this.kept = keptBy(dataSource);
  }

  /**
   * The tree of a batch.
   *
   * @throws ProofInconsistentError when the stored leaves do not give the anchored root
   */
  public of(batchId: string, root: Hex): Promise<MerkleTree> {
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
    // A tree needs every leaf, whosoever asks for a path in it; a leaf is blinded and tells nothing of its event.
    const rows = await this.kept.query<{ leaf: Buffer }[]>(
      `SELECT leaf FROM ${this.table} WHERE batch_id = $1 ORDER BY leaf_index`,
      [batchId],
    );
    if (rows.length === 0) throw new ProofInconsistentError(root, 'of no leaves at all');
    const tree = merkleTree(rows.map((row) => toHex(row.leaf)));
    if (tree.root !== root) throw new ProofInconsistentError(root, tree.root);
    return tree;
  }
}

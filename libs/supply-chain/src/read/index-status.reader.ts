import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LEAF_SCHEMA_ID } from '../anchoring/batch.js';

/** How far the index follows the chain. `lagSeconds` is the age of the last indexed block by the database's clock. */
export interface IndexStatusRow {
  readonly chainId: number;
  readonly blockNumber: string;
  readonly blockHash: string;
  readonly blockTime: Date;
  readonly headNumber: string;
  /** Highest block that is final; null before one is known. */
  readonly finalNumber: string | null;
  /** How often blocks were taken back. */
  readonly rollbacks: number;
  readonly lagBlocks: number;
  readonly lagSeconds: number;
}

/** What the index holds. `anchored` counts events whose batch is on chain; `pending` the other captured ones. */
export interface IndexCountsRow {
  readonly captured: number;
  readonly anchored: number;
  readonly pending: number;
  readonly batches: number;
  readonly forecasts: number;
  readonly proposals: number;
}

// Of every chain, so not what `home_chain` shows of the process's own.
const STATUS = `
  SELECT chain_id AS "chainId", block_number AS "blockNumber", block_hash AS "blockHash",
    block_time AS "blockTime", head_number AS "headNumber", final_number AS "finalNumber",
    (SELECT count(*)::integer FROM public.chain_rollback r WHERE r.chain_id = c.chain_id) AS rollbacks,
    GREATEST(head_number - block_number, 0)::integer AS "lagBlocks",
    GREATEST(extract(epoch FROM now() - block_time), 0)::integer AS "lagSeconds"
  FROM public.chain_checkpoint c`;

/** Reads the state of the index. */
@Injectable()
export class IndexStatusReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** A chain's checkpoint, or undefined before its first block is indexed. */
  public async checkpoint(chainId: number): Promise<IndexStatusRow | undefined> {
    const [row]: IndexStatusRow[] = await this.dataSource.query(`${STATUS} WHERE chain_id = $1`, [chainId]);
    return row;
  }

  /** The checkpoint of every chain that is indexed, by chain id. */
  public async checkpoints(): Promise<IndexStatusRow[]> {
    return this.dataSource.query(`${STATUS} ORDER BY chain_id`);
  }

  /** Totals, made of a row a job and a row a batch, never of a row an event. */
  public async counts(): Promise<IndexCountsRow> {
    const [row]: IndexCountsRow[] = await this.dataSource.query(
      `SELECT captured, anchored, GREATEST(captured - anchored, 0) AS pending, batches,
         (SELECT count(*)::integer FROM forecast_run WHERE NOT is_shadow) AS forecasts,
         (SELECT count(*)::integer FROM proposal_created) AS proposals
       FROM (SELECT coalesce(sum(stored), 0)::integer AS captured FROM capture_job) jobs,
         (SELECT coalesce(sum(b.count), 0)::integer AS anchored, count(*)::integer AS batches FROM anchor_batch b
          WHERE b.schema_id = $1
            AND EXISTS (SELECT FROM trace_anchored t WHERE t.partner = b.partner AND t.root = b.root)) anchors`,
      [LEAF_SCHEMA_ID],
    );
    return row!;
  }
}

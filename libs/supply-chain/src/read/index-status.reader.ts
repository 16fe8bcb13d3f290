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

/** Reads the state of the index. */
@Injectable()
export class IndexStatusReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** The checkpoint, or undefined before the first block is indexed. */
  public async checkpoint(): Promise<IndexStatusRow | undefined> {
    const [row]: IndexStatusRow[] = await this.dataSource.query(
      `SELECT chain_id AS "chainId", block_number AS "blockNumber", block_hash AS "blockHash",
         block_time AS "blockTime", head_number AS "headNumber",
         GREATEST(head_number - block_number, 0)::integer AS "lagBlocks",
         GREATEST(extract(epoch FROM now() - block_time), 0)::integer AS "lagSeconds"
       FROM chain_checkpoint ORDER BY chain_id LIMIT 1`,
    );
    return row;
  }

  /** Totals, made of a row a job and a row a batch, never of a row an event. */
  public async counts(): Promise<IndexCountsRow> {
    const [row]: IndexCountsRow[] = await this.dataSource.query(
      `SELECT captured, anchored, GREATEST(captured - anchored, 0) AS pending, batches,
         (SELECT count(*)::integer FROM forecast_run) AS forecasts,
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

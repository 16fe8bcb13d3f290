import { Injectable } from '@nestjs/common';
import { decodeCursor, InvalidCursorError, pageOf, type Page } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { anchoredBatch, isFinal } from './anchored-batch.sql.js';
import { isUuid, type PageRequest } from './keyset.js';

/**
 * How far a batch is: sealed and on its way; on chain; on chain in a block that stays. A reorganisation takes an anchored
 * one back to sealed until it is on chain again.
 */
export type BatchStatus = 'SEALED' | 'ANCHORED' | 'FINAL';

/** A batch of a partner's events; the block fields are null until it is on chain. */
export interface BatchRow {
  readonly id: string;
  readonly partner: string;
  readonly submitter: string;
  readonly seq: string;
  readonly root: string;
  readonly head: string;
  readonly count: number;
  readonly status: BatchStatus;
  readonly sealedAt: Date;
  readonly sentAt: Date | null;
  readonly attempts: number;
  readonly lastError: string | null;
  readonly blockNumber: string | null;
  readonly blockHash: string | null;
  readonly blockTime: Date | null;
  readonly txHash: string | null;
}

/** Events of a capture by how far they are; together they are what it stored. */
export interface AnchoringRow {
  readonly jobId: string;
  readonly pending: number;
  readonly sealed: number;
  readonly anchored: number;
  readonly final: number;
}

/** Which batches are wanted. */
export interface BatchFilter {
  readonly partner?: string | null;
  readonly status?: BatchStatus | null;
}

const STATUS = `CASE WHEN t.root IS NULL THEN 'SEALED' WHEN ${isFinal('t')} THEN 'FINAL' ELSE 'ANCHORED' END`;
const SEQ = /^\d{1,18}$/;

/** Reads batches and how far they are on their way to the chain. */
@Injectable()
export class BatchReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * One page of batches, newest first.
   *
   * @throws InvalidCursorError when `after` is not a cursor of this list
   */
  public async list({ partner, status }: BatchFilter, page: PageRequest): Promise<Page<BatchRow>> {
    const rows: BatchRow[] = await this.dataSource.query(
      `SELECT * FROM (
         SELECT b.id, b.partner, b.submitter, b.seq, b.root, b.head, b.count, ${STATUS} AS status,
           b.sealed_at AS "sealedAt", b.sent_at AS "sentAt", b.attempts, b.last_error AS "lastError",
           t.block_number AS "blockNumber", t.block_hash AS "blockHash", t.block_time AS "blockTime",
           t.tx_hash AS "txHash"
         FROM anchor_batch b LEFT JOIN ${anchoredBatch('b', 't')} ON true
         WHERE ($1::text IS NULL OR b.partner = $1) AND b.id < coalesce($2::bigint, 9223372036854775807)
       ) batch WHERE $3::text IS NULL OR status = $3 ORDER BY id DESC LIMIT $4`,
      [partner?.toLowerCase() ?? null, page.after ? idOf(page.after) : null, status ?? null, page.first + 1],
    );
    return pageOf(rows, page.first, (row) => [row.id]);
  }

  /** How far the events of each of these captures are. */
  public async anchoring(jobIds: readonly string[]): Promise<AnchoringRow[]> {
    return this.dataSource.query(
      `WITH stored AS (
         SELECT j.id AS job, l.batch_id, count(*) AS events
         FROM capture_job j JOIN epcis_event e ON e.record_time = j.created_at AND e.capture_job = j.id
         LEFT JOIN anchor_leaf l ON l.event_id = e.id
         WHERE j.id = ANY($1::uuid[]) GROUP BY j.id, l.batch_id
       ), known AS (
         SELECT s.job, s.events, CASE WHEN b.id IS NULL THEN 'PENDING' ELSE ${STATUS} END AS status
         FROM stored s LEFT JOIN anchor_batch b ON b.id = s.batch_id LEFT JOIN ${anchoredBatch('b', 't')} ON true
       )
       SELECT job AS "jobId", ${['PENDING', 'SEALED', 'ANCHORED', 'FINAL'].map(counted).join(', ')}
       FROM known GROUP BY job`,
      [jobIds.filter(isUuid)],
    );
  }
}

function counted(status: string): string {
  return `coalesce(sum(events) FILTER (WHERE status = '${status}'), 0)::integer AS ${status.toLowerCase()}`;
}

function idOf(cursor: string): string {
  const [id] = decodeCursor(cursor, 1);
  if (typeof id !== 'string' || !SEQ.test(id)) throw new InvalidCursorError();
  return id;
}

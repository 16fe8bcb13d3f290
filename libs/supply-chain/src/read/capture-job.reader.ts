import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isUuid } from './keyset.js';

/** One capture of a document and how it ended. */
export interface CaptureJobRow {
  readonly id: string;
  readonly partner: string;
  readonly errorBehaviour: 'ROLLBACK' | 'PROCEED';
  readonly state: 'RUNNING' | 'SUCCEEDED' | 'PARTIAL' | 'FAILED';
  readonly total: number;
  readonly stored: number;
  readonly duplicate: number;
  readonly rejected: number;
  /** Elements of master data that the document stated, whether or not they were new. */
  readonly masterDataElements: number;
  readonly createdAt: Date;
  readonly finishedAt: Date | null;
}

/** One thing wrong with a document; `eventIndex` is null when it concerns the document as a whole. */
export interface CaptureErrorRow {
  readonly jobId: string;
  readonly eventIndex: number | null;
  readonly pointer: string;
  readonly rule: string;
  readonly found: string;
  readonly expected: string;
}

/** Reads capture jobs and what was wrong with their documents. */
@Injectable()
export class CaptureJobReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** Jobs by id, in no order; ids that nobody has are left out. */
  public async byIds(ids: readonly string[]): Promise<CaptureJobRow[]> {
    return this.dataSource.query(
      `SELECT id, partner, error_behaviour AS "errorBehaviour", state, total, stored, duplicate, rejected,
         master_data_elements AS "masterDataElements",
         created_at AS "createdAt", finished_at AS "finishedAt"
       FROM capture_job WHERE id = ANY($1::uuid[])`,
      [ids.filter(isUuid)],
    );
  }

  /** The first `first` errors of each job, in the order they were found. */
  public async errors(jobIds: readonly string[], first: number): Promise<CaptureErrorRow[]> {
    return this.dataSource.query(
      `SELECT job_id AS "jobId", event_index AS "eventIndex", pointer, rule, found, expected
       FROM capture_error WHERE job_id = ANY($1::uuid[]) AND ordinal < $2 ORDER BY job_id, ordinal`,
      [jobIds.filter(isUuid), first],
    );
  }
}

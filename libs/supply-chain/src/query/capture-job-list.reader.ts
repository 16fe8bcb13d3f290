import { Injectable } from '@nestjs/common';
import { decodeCursor, encodeCursor, InvalidCursorError } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import type { CaptureJobRow } from '../read/capture-job.reader.js';
import { orInvalidToken } from './page-token.js';

const SEQ = /^\d{1,18}$/;

/** Lists the capture jobs of a partner. */
@Injectable()
export class CaptureJobListReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * A page of a partner's jobs, newest first.
   *
   * @param partner address, lower case
   * @throws EventQueryError PAGE_TOKEN_INVALID
   */
  public async list(
    partner: string,
    perPage: number,
    token?: string,
  ): Promise<{ jobs: readonly CaptureJobRow[]; nextPageToken: string | undefined }> {
    const before = token === undefined ? null : seqOf(token);
    const rows: (CaptureJobRow & { readonly seq: string })[] = await this.dataSource.query(
      `SELECT id, partner, error_behaviour AS "errorBehaviour", state, total, stored, duplicate, rejected,
         master_data_elements AS "masterDataElements",
         created_at AS "createdAt", finished_at AS "finishedAt", seq
       FROM capture_job WHERE partner = $1 AND seq < coalesce($2::bigint, 9223372036854775807)
       ORDER BY seq DESC LIMIT $3`,
      [partner, before, perPage + 1],
    );
    const jobs = rows.slice(0, perPage);
    const hasNext = rows.length > perPage;
    return { jobs, nextPageToken: hasNext ? encodeCursor([jobs.at(-1)!.seq]) : undefined };
  }
}

function seqOf(token: string): string {
  return orInvalidToken(() => {
    const [seq] = decodeCursor(token, 1);
    if (typeof seq !== 'string' || !SEQ.test(seq)) throw new InvalidCursorError();
    return seq;
  });
}

import { Injectable } from '@nestjs/common';
import { decodeCursor, InvalidCursorError, pageOf, type Page } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import type { PageRequest } from '../read/keyset.js';

/** One reading of rows by a grant. */
export interface DataReadRow {
  readonly id: string;
  readonly readAt: Date;
  readonly grantId: string;
  /** The account or partner that read. */
  readonly reader: string;
  /** What it asked for. */
  readonly operation: string;
  /** Rows of the answer that name what was granted; 0 for figures it may have gone into. */
  readonly rowCount: number;
}

/** Reads who read what of the viewer's rows by a grant. */
@Injectable()
export class ReadAuditReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * One page, newest first.
   *
   * @param reader the readings of this account or partner alone; of everybody when null
   * @throws InvalidCursorError when `after` is not a cursor of this list
   */
  public async list(page: PageRequest, reader: string | null = null): Promise<Page<DataReadRow>> {
    const [before] = page.after ? decodeCursor(page.after, 1) : [null];
    if (page.after && !(typeof before === 'string' && /^\d{1,18}$/.test(before)))
      throw new InvalidCursorError();
    const rows: DataReadRow[] = await this.dataSource.query(
      `SELECT id::text AS id, read_at AS "readAt", grant_id AS "grantId", reader, operation, row_count AS "rowCount"
       FROM data_read
       WHERE ($1::bigint IS NULL OR id < $1::bigint)${reader === null ? '' : ' AND reader = $2'}
       ORDER BY data_read.id DESC LIMIT ${page.first + 1}`,
      reader === null ? [before] : [before, reader.toLowerCase()],
    );
    return pageOf(rows, page.first, (row) => [row.id]);
  }
}

import { Injectable } from '@nestjs/common';
import { decodeCursor, InvalidCursorError, pageOf, type Page } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { isUuid, type PageRequest } from '../read/keyset.js';

/** An event of which certain fields were granted. */
export interface SharedEventRow {
  readonly grantId: string;
  readonly owner: string;
  readonly eventId: string;
  /** `type`, and the fields of the grant that the event has. */
  readonly body: object;
}

/** Reads events of which the viewer was granted certain fields. */
@Injectable()
export class SharedEventReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * One page, in the order of grants and ids: any other would tell of fields that were not granted.
   *
   * @throws InvalidCursorError when `after` is not a cursor of this list
   */
  public async list(page: PageRequest): Promise<Page<SharedEventRow>> {
    const [grantId, eventId] = page.after ? decodeCursor(page.after, 2) : [null, null];
    if (page.after && !(isUuid(grantId) && isUuid(eventId))) throw new InvalidCursorError();
    const rows: SharedEventRow[] = await this.dataSource.query(
      `SELECT grant_id AS "grantId", owner, event_id AS "eventId", body FROM shared_event
       WHERE $1::uuid IS NULL OR (grant_id, event_id) > ($1::uuid, $2::uuid)
       ORDER BY grant_id, event_id LIMIT ${page.first + 1}`,
      [grantId, eventId],
    );
    return pageOf(rows, page.first, (row) => [row.grantId, row.eventId]);
  }
}

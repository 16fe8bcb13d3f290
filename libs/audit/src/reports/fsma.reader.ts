import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { AuditError } from '../audit.errors.js';
import { Bindings, knownAsOf, NOW, type AsOf } from '../trace/as-of.js';
import { eventCountsAsOf } from '../trace/event-counts.js';
import { readingSnapshot } from '../trace/snapshot.repository.js';
import { criticalTrackingEvent, missingElements, type FsmaRow } from './fsma-sheet.js';

/** Which events the sheet is about. */
export interface FsmaRange {
  /** Event time, inclusive. */
  readonly from: Date;
  /** Event time, exclusive. */
  readonly to: Date;
  /** Address of the partner whose events are wanted; everybody's when absent. */
  readonly partner?: string | null;
}

export const MAX_FSMA_ROWS = 50_000;

/** The sortable sheet of the Food Traceability Rule, from captured events. */
@Injectable()
export class FsmaReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Every critical tracking event of the range, by time.
   *
   * @throws AuditError `REPORT_TOO_LARGE` above {@link MAX_FSMA_ROWS} rows
   */
  public async sheet({ from, to, partner }: FsmaRange, asOf: AsOf = NOW): Promise<FsmaRow[]> {
    if (!(from < to)) throw new AuditError('REPORT_TOO_LARGE', 'range: from must be before to');
    const rows = await readingSnapshot(this.dataSource, async (manager) => {
      const bindings = new Bindings();
      const known = await knownAsOf(manager, asOf);
      const conditions = [
        `e.event_time >= ${bindings.bind(from)}::timestamptz AND e.event_time < ${bindings.bind(to)}::timestamptz`,
        "(e.event_type = 'TransformationEvent' OR e.biz_step IN ('shipping', 'receiving', 'packing') OR e.biz_step ~* 'harvest|cooling')",
        eventCountsAsOf(known, 'e', bindings),
      ];
      if (partner) conditions.push(`e.partner = ${bindings.bind(partner.toLowerCase())}`);
      return manager.query(
        `${SHEET} WHERE ${conditions.join(' AND ')} ORDER BY e.event_time, e.seq, i.ordinal
        LIMIT ${MAX_FSMA_ROWS + 1}`,
        bindings.values,
      ) as Promise<SheetRow[]>;
    });
    if (rows.length > MAX_FSMA_ROWS)
      throw new AuditError(
        'REPORT_TOO_LARGE',
        `range: more than ${MAX_FSMA_ROWS} rows; ask for a shorter range`,
      );
    return rows.map(({ type, bizStep, ...row }) => {
      const named = { ...row, event: criticalTrackingEvent(type, bizStep) ?? 'Shipping' };
      return { ...named, missing: missingElements(named) };
    });
  }
}

type SheetRow = Omit<FsmaRow, 'event' | 'missing'> & {
  readonly type: string;
  readonly bizStep: string | null;
};

const SHEET = `
  SELECT e.id AS "eventId", e.event_time AS time, e.event_type AS type, e.biz_step AS "bizStep",
    coalesce(substring(i.uri FROM '/10/([^/]+)$'), e.body -> 'ilmd' ->> 'cbvmda:lotNumber') AS "traceabilityLotCode",
    i.product, product.name AS "productName", i.quantity::double precision AS quantity,
    CASE WHEN i.quantity IS NOT NULL THEN coalesce(i.uom, 'EA') END AS uom, i.uri AS item, i.role,
    coalesce(e.biz_location, e.read_point) AS location, site.name AS "locationName",
    (SELECT s.uri FROM event_source_dest s WHERE s.event_time = e.event_time AND s.event_id = e.id
      AND s.role = 'SOURCE' ORDER BY s.type = 'location' DESC, s.ordinal LIMIT 1) AS "from",
    (SELECT s.uri FROM event_source_dest s WHERE s.event_time = e.event_time AND s.event_id = e.id
      AND s.role = 'DESTINATION' ORDER BY s.type = 'location' DESC, s.ordinal LIMIT 1) AS "to",
    (SELECT t.uri FROM event_biz_tx t WHERE t.event_time = e.event_time AND t.event_id = e.id
      ORDER BY t.ordinal LIMIT 1) AS "referenceDocument"
  FROM epcis_event e
  JOIN event_item i ON i.event_time = e.event_time AND i.event_id = e.id
  LEFT JOIN product_class product ON product.uri = i.product
  LEFT JOIN site ON site.uri = coalesce(e.biz_location, e.read_point)`;

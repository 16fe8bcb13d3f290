import { Injectable } from '@nestjs/common';
import { normalizeIdentifier, type EpcisEvent, type JsonValue } from '@tallyhouse/epcis';
import { DataSource } from 'typeorm';
import { ExportError } from './export.errors.js';
import { joinedContext } from '../query/joined-context.js';

/** Which events an export holds; every given field must match, and one must be given. */
export interface ExportChoice {
  /** Ids of events. */
  readonly ids?: readonly string[] | null;
  /** Item, lot or container that the events name, in any form. */
  readonly item?: string | null;
  /** Event time, from inclusive to exclusive. */
  readonly from?: Date | null;
  readonly to?: Date | null;
  /** Address of the partner who captured them. */
  readonly partner?: string | null;
}

const CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';
export const MAX_EXPORTED = 50_000;

/** Gives events back as a document that any EPCIS 2.0 repository can capture. */
@Injectable()
export class EventExportReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * An `EPCISDocument` with the events as they were captured, oldest first, declarations of errors among them. Captured
   * again it gives the same Event Hash IDs, since every prefix keeps the meaning that it had.
   *
   * @throws ExportError `EXPORT_INVALID` when nothing is chosen, `EXPORT_TOO_LARGE` above {@link MAX_EXPORTED} events
   */
  public async document(choice: ExportChoice, now: Date, most = MAX_EXPORTED): Promise<object> {
    const { conditions, values } = whereOf(choice);
    const rows: { body: EpcisEvent; context: JsonValue | null }[] = await this.dataSource.query(
      `SELECT e.body, (SELECT context FROM capture_job j WHERE j.id = e.capture_job) AS context
       FROM epcis_event e WHERE ${conditions.join(' AND ')} ORDER BY e.event_time, e.seq LIMIT ${most + 1}`,
      values,
    );
    if (rows.length > most)
      throw new ExportError('EXPORT_TOO_LARGE', `more than ${most} events: narrow the range or name an item`);
    const { own, context } = joinedContext(rows);
    return {
      '@context': [CONTEXT, ...context],
      type: 'EPCISDocument',
      schemaVersion: '2.0',
      creationDate: now.toISOString(),
      epcisBody: {
        eventList: rows.map(({ body }, index) => ({
          ...(own[index] ? { '@context': own[index] } : {}),
          ...body,
        })),
      },
    };
  }
}

function whereOf({ ids, item, from, to, partner }: ExportChoice): {
  conditions: string[];
  values: unknown[];
} {
  const conditions: string[] = [];
  const values: unknown[] = [];
  const bind = (value: unknown): string => `$${values.push(value)}`;
  if (ids) conditions.push(`e.id = ANY(${bind(ids)}::uuid[])`);
  if (item)
    conditions.push(
      `(e.event_time, e.id) IN (SELECT i.event_time, i.event_id FROM event_item i WHERE i.uri = ${bind(normalizeIdentifier(item))})`,
    );
  if (from) conditions.push(`e.event_time >= ${bind(from)}::timestamptz`);
  if (to) conditions.push(`e.event_time < ${bind(to)}::timestamptz`);
  if (partner) conditions.push(`e.partner = ${bind(partner.toLowerCase())}`);
  if (conditions.length === 0)
    throw new ExportError('EXPORT_INVALID', 'say which events: an item, a range of time or a partner');
  if (from && to && from >= to) throw new ExportError('EXPORT_INVALID', 'range: from must be before to');
  return { conditions, values };
}

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isUuid } from '../read/keyset.js';

/** That an event was declared wrong by its own partner. The event stays; so does the declaration, as an event. */
export interface EventCorrection {
  /** The event that was wrong. */
  readonly eventId: string;
  /** The event whose errorDeclaration says so. */
  readonly declaredErroneousBy: string;
  /** As it was sent; CBV error reasons are `did_not_occur` and `incorrect_data`. */
  readonly reason: string | null;
  readonly declarationTime: Date;
  /** EventIDs of the events that are right instead, as they were sent. */
  readonly correctiveEventIds: readonly string[];
  /** Ids of those of them that are stored. */
  readonly correctedBy: readonly string[];
}

/** Reads what partners declared wrong. */
@Injectable()
export class CorrectionReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** Declarations that these events make, or whose right version they are, oldest first. */
  public async byEvents(eventIds: readonly string[]): Promise<(EventCorrection & { readonly by: string })[]> {
    const ids = eventIds.filter(isUuid);
    const rows: { by: string; eventId: string }[] = await this.dataSource.query(
      `SELECT c.declaration_id AS by, c.event_id AS "eventId" FROM event_declared_erroneous c
         WHERE c.declaration_id = ANY($1::uuid[])
       UNION
       SELECT e.id, c.event_id FROM epcis_event e JOIN event_declared_erroneous c ON c.partner = e.partner
         AND e.id <> c.event_id AND (e.declared_id = ANY(c.corrective_event_ids)
           OR encode(e.event_hash, 'hex') = ANY(c.corrective_hashes))
         WHERE e.id = ANY($1::uuid[]) AND NOT EXISTS (SELECT FROM event_correction d WHERE d.declaration_id = e.id)`,
      [ids],
    );
    const corrections = Map.groupBy(
      await this.ofEvents([...new Set(rows.map(({ eventId }) => eventId))]),
      ({ eventId }) => eventId,
    );
    return rows.flatMap(({ by, eventId }) =>
      (corrections.get(eventId) ?? [])
        .filter((one) => one.declaredErroneousBy === by || one.correctedBy.includes(by))
        .map((one) => ({ ...one, by })),
    );
  }

  /** Declarations that concern these events, oldest first; a declaration is linked whichever of the two came first. */
  public async ofEvents(eventIds: readonly string[]): Promise<EventCorrection[]> {
    return this.dataSource.query(
      `SELECT c.event_id AS "eventId", c.declaration_id AS "declaredErroneousBy", c.reason,
         c.declaration_time AS "declarationTime", c.corrective_event_ids AS "correctiveEventIds",
         ARRAY(
           SELECT r.id FROM epcis_event r WHERE r.partner = c.partner AND r.id <> c.event_id
             AND r.declared_id = ANY(c.corrective_event_ids)
             AND NOT EXISTS (SELECT FROM event_correction d WHERE d.declaration_id = r.id)
           UNION
           SELECT r.id FROM unnest(c.corrective_hashes) AS h (hash)
             JOIN epcis_event r ON r.event_hash = decode(h.hash, 'hex') AND r.partner = c.partner
           WHERE NOT EXISTS (SELECT FROM event_correction d WHERE d.declaration_id = r.id)
           ORDER BY 1
         )::text[] AS "correctedBy"
       FROM event_declared_erroneous c
       WHERE c.event_id = ANY($1::uuid[]) ORDER BY c.event_id, c.declaration_time, c.declaration_id`,
      [eventIds.filter(isUuid)],
    );
  }
}

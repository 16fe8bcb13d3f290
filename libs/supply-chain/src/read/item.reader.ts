import { Injectable } from '@nestjs/common';
import { normalizeIdentifier } from '@tallyhouse/epcis';
import { DataSource } from 'typeorm';

/** What the last events say of an item, lot or container. */
export interface ItemRow {
  /** Canonical Digital Link of the identifier. */
  readonly uri: string;
  readonly eventCount: number;
  readonly lastSeen: Date;
  readonly lastLocation: string | null;
  readonly lastBizStep: string | null;
  readonly disposition: string | null;
}

/** Reads single items. */
@Injectable()
export class ItemReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** The item, or undefined when no event names it. `identifier` may have any form that EPCIS allows. */
  public async find(identifier: string): Promise<ItemRow | undefined> {
    const [row]: ItemRow[] = await this.dataSource.query(
      `WITH mention AS (SELECT DISTINCT event_time, event_id FROM event_item WHERE uri = $1)
       SELECT $1 AS uri, (SELECT count(*)::integer FROM mention) AS "eventCount", last.event_time AS "lastSeen",
         coalesce(place.read_point, place.biz_location) AS "lastLocation", last.biz_step AS "lastBizStep",
         state.disposition
       FROM (${latest('e.event_time, e.biz_step')}) last
       LEFT JOIN (${latest('e.read_point, e.biz_location', 'e.read_point IS NOT NULL OR e.biz_location IS NOT NULL')})
         place ON true
       LEFT JOIN (${latest('e.disposition', 'e.disposition IS NOT NULL')}) state ON true`,
      [normalizeIdentifier(identifier)],
    );
    return row;
  }

  /** The container that the item is in, by the last aggregation that names it; null when it is in none. */
  public async container(identifier: string): Promise<string | null> {
    const [row]: { parent: string | null }[] = await this.dataSource.query(CONTAINER, [
      normalizeIdentifier(identifier),
    ]);
    return row?.parent ?? null;
  }
}

function latest(columns: string, condition = 'true'): string {
  return `SELECT ${columns} FROM mention m JOIN epcis_event e ON e.event_time = m.event_time AND e.id = m.event_id
    WHERE ${condition} ORDER BY e.event_time DESC, e.seq DESC LIMIT 1`;
}

/** A container emptied by a DELETE that names no children (EPCIS 2.0 §7.4.3) lets go of all of them. */
const CONTAINER = `
  WITH joined AS (
    SELECT e.action, e.event_time, e.seq, parent.uri AS parent
    FROM event_item child
    JOIN epcis_event e ON e.event_time = child.event_time AND e.id = child.event_id
    JOIN event_item parent ON parent.event_time = e.event_time AND parent.event_id = e.id AND parent.role = 'PARENT'
    WHERE child.uri = $1 AND child.role = 'CHILD' AND e.event_type = 'AggregationEvent'
    ORDER BY e.event_time DESC, e.seq DESC LIMIT 1
  )
  SELECT parent FROM joined
  WHERE action <> 'DELETE' AND NOT EXISTS (
    SELECT FROM event_item emptied
    JOIN epcis_event e ON e.event_time = emptied.event_time AND e.id = emptied.event_id
    WHERE emptied.uri = joined.parent AND emptied.role = 'PARENT' AND e.event_type = 'AggregationEvent'
      AND e.action = 'DELETE' AND (e.event_time, e.seq) > (joined.event_time, joined.seq)
      AND NOT EXISTS (SELECT FROM event_item c
        WHERE c.event_time = e.event_time AND c.event_id = e.id AND c.role = 'CHILD'))`;

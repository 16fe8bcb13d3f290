import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { factKnown } from '../custody/custody.repository.js';
import { Bindings, NOW, type AsOf } from '../trace/as-of.js';
import type { CanonicalCriteria } from './criteria.js';

/** A recall and how far it is. */
export interface RecallRow {
  readonly id: string;
  readonly partner: string;
  readonly criteria: CanonicalCriteria;
  readonly criteriaHash: string;
  readonly affectedRoot: string;
  readonly affectedCount: number;
  /** When it was begun; what is affected was worked out after that. */
  readonly createdAt: Date;
  /** When the list of what is affected stood. */
  readonly listedAt: Date;
  /** A mock recall, of which the chain knows nothing. */
  readonly drill: boolean;
  /** `PREPARED` until it is on chain; `FAILED` when the chain refused it. */
  readonly state: 'PREPARED' | 'OPEN' | 'CLOSED' | 'FAILED';
  readonly lastError: string | null;
  readonly openedBlock: string | null;
  readonly openedTime: Date | null;
  readonly openedTx: string | null;
  readonly closedTime: Date | null;
  readonly outcome: string | null;
}

/** One item of a recall as it stood when the recall was opened. */
export interface RecallItemRow {
  readonly uri: string;
  readonly state: string;
  readonly certainty: string;
  readonly depth: number;
  readonly location: string | null;
  readonly holder: string | null;
  readonly quantity: number | null;
  readonly uom: string | null;
  readonly lastEvent: string | null;
  readonly lastSeen: Date | null;
}

/** What a partner was told and has answered. */
export interface RecallHolderRow {
  readonly partner: string;
  readonly name: string | null;
  readonly items: number;
  readonly toldAt: Date | null;
  /** When the partner's webhook took the message; null without one. */
  readonly deliveredAt: Date | null;
  readonly deliveryError: string | null;
  readonly acknowledgedBlock: string | null;
  readonly acknowledgedTime: Date | null;
  /** In all so far, in the unit that the recall counts in. */
  readonly recovered: number | null;
}

/** Reads recalls that were opened. */
@Injectable()
export class RecallReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** Newest first, at most 200. */
  public async list(asOf: AsOf = NOW): Promise<RecallRow[]> {
    return this.read('true', [], asOf);
  }

  public async find(id: string, asOf: AsOf = NOW): Promise<RecallRow | undefined> {
    const [row] = await this.read('r.id = $1', [id.toLowerCase()], asOf);
    return row;
  }

  /** In the order of the leaves under the root. */
  public async items(id: string, first: number, offset = 0): Promise<RecallItemRow[]> {
    return this.dataSource.query(
      `SELECT uri, state, certainty, depth, location, holder, quantity::double precision AS quantity, uom,
         last_event AS "lastEvent", last_seen AS "lastSeen"
       FROM recall_item WHERE recall_id = $1 ORDER BY ordinal LIMIT $2 OFFSET $3`,
      [id.toLowerCase(), first, offset],
    );
  }

  /** Those who held affected goods, and anybody else who answered. */
  public async holders(id: string, asOf: AsOf = NOW): Promise<RecallHolderRow[]> {
    const bindings = new Bindings();
    const recall = bindings.bind(id.toLowerCase());
    return this.dataSource.query(
      `WITH answer AS (
         SELECT DISTINCT ON (a.partner) a.partner, a.recovered, a.block_number, a.block_time FROM recall_acknowledged a
         WHERE a.recall_id = ${recall} AND ${factKnown(asOf, 'a', bindings)}
         ORDER BY a.partner, a.block_number DESC, a.log_index DESC
       ), drill_answer AS (
         SELECT DISTINCT ON (a.partner) a.partner, a.recovered * 1000 AS recovered, NULL::bigint AS block_number,
           a.answered_at AS block_time
         FROM recall_drill_answer a WHERE a.recall_id = ${recall} AND ${drillKnown(asOf, 'a.answered_at', bindings)}
         ORDER BY a.partner, a.seq DESC
       )
       SELECT partner, p.name, (SELECT count(*)::integer FROM recall_item i
           WHERE i.recall_id = ${recall} AND i.holder = partner) AS items,
         m.created_at AS "toldAt", d.delivered_at AS "deliveredAt", d.last_error AS "deliveryError",
         answer.block_number AS "acknowledgedBlock", answer.block_time AS "acknowledgedTime",
         (answer.recovered / 1000)::double precision AS recovered
       FROM (SELECT * FROM recall_message WHERE recall_id = ${recall}) m
       FULL JOIN (SELECT * FROM answer UNION ALL SELECT * FROM drill_answer) answer USING (partner) LEFT JOIN partner_current p USING (partner)
       LEFT JOIN webhook_delivery d ON d.id = m.delivery_id
       ORDER BY partner LIMIT 1000`,
      bindings.values,
    );
  }

  private async read(condition: string, values: readonly unknown[], asOf: AsOf): Promise<RecallRow[]> {
    const bindings = new Bindings();
    for (const value of values) bindings.bind(value);
    const opened = factKnown(asOf, 'o', bindings);
    const closed = factKnown(asOf, 'c', bindings);
    const ended = drillKnown(asOf, 'r.ended_at', bindings);
    return this.dataSource.query(
      `SELECT r.id, r.partner, r.criteria, r.criteria_hash AS "criteriaHash", r.affected_root AS "affectedRoot",
         r.affected_count AS "affectedCount", r.created_at AS "createdAt", r.listed_at AS "listedAt", r.drill,
         CASE WHEN c.recall_id IS NOT NULL OR (r.ended_at IS NOT NULL AND ${ended}) THEN 'CLOSED'
           WHEN o.recall_id IS NOT NULL OR r.drill THEN 'OPEN'
           WHEN r.last_error IS NOT NULL THEN 'FAILED' ELSE 'PREPARED' END AS state,
         r.last_error AS "lastError", o.block_number AS "openedBlock", o.block_time AS "openedTime",
         o.tx_hash AS "openedTx",          coalesce(c.block_time, CASE WHEN ${ended} THEN r.ended_at END) AS "closedTime",
         coalesce(c.outcome, CASE WHEN ${ended} THEN r.outcome END) AS outcome
       FROM recall r
       LEFT JOIN recall_opened o ON o.recall_id = r.id AND ${opened}
       LEFT JOIN recall_closed c ON c.recall_id = r.id AND ${closed}
       WHERE ${condition} ORDER BY r.seq DESC LIMIT 200`,
      bindings.values,
    );
  }
}

/** SQL condition that an answer of a drill was there by then. Blocks say nothing of drills, so as of any block it was. */
function drillKnown(asOf: AsOf, column: string, bindings: Bindings): string {
  return asOf.kind === 'TIME' ? `${column} <= ${bindings.bind(asOf.time)}::timestamptz` : 'true';
}

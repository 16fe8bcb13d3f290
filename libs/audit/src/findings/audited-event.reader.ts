import { Injectable } from '@nestjs/common';
import { jcsSha256, type EpcisEvent } from '@tallyhouse/epcis';
import type { Hex } from '@tallyhouse/proofs';
import { DataSource, type EntityManager } from 'typeorm';
import { factOf, type Arrival, type Fact } from '../engine/fact.js';
import type { Witnessed } from '../engine/rule.js';
import {
  ANCHORED_COLUMNS,
  ANCHORING,
  proofOf,
  rootsThatHold,
  type AnchoredRow,
} from './anchored-proof.repository.js';

interface EventRow {
  readonly id: string;
  readonly seq: string;
  readonly partner: string;
  readonly recordTime: Date;
  readonly identity: string;
  readonly body: EpcisEvent;
  readonly jcsSha256: string;
  readonly isDeclaration: boolean;
  readonly isVoid: boolean;
}

const COLUMNS = `e.id, e.seq::text AS seq, e.partner, e.record_time AS "recordTime", e.body,
  e.partner || ' ' || coalesce(e.declared_id, encode(e.event_hash, 'hex')) AS identity,
  '0x' || encode(e.jcs_sha256, 'hex') AS "jcsSha256",
  EXISTS (SELECT FROM event_correction d WHERE d.declaration_id = e.id) AS "isDeclaration",
  EXISTS (SELECT FROM event_declared_erroneous d WHERE d.event_id = e.id) AS "isVoid"`;

type ProvenRow = EventRow & AnchoredRow;

/** An event of the queue. */
export interface QueuedEvent extends Witnessed {
  readonly seq: string;
  /** As text, which keeps the microseconds. */
  readonly eventTime: string;
}

/** Reads stored events as the audit sees them. */
@Injectable()
export class AuditedEventReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * The next events of the queue that are on chain, or that should have been by `overdue`; oldest first.
   *
   * @param overdue record time before which an event without proof is judged without it
   */
  public async queued(manager: EntityManager, limit: number, overdue: Date): Promise<QueuedEvent[]> {
    const rows: (ProvenRow & { eventTime: string })[] = await manager.query(
      `SELECT ${COLUMNS}, ${ANCHORED_COLUMNS}, e.event_time::text AS "eventTime"
       FROM audit_queue q JOIN epcis_event e ON e.event_time = q.event_time AND e.id = q.event_id
       LEFT JOIN ${ANCHORING}
       WHERE e.record_time < $2 OR a.batch_id IS NOT NULL ORDER BY q.seq LIMIT $1`,
      [limit, overdue],
    );
    const holding = await rootsThatHold(manager, rows);
    return rows.map((row) => ({ ...witnessed(row, holding), seq: row.seq, eventTime: row.eventTime }));
  }

  /** Events by id with their proofs. */
  public async byIds(ids: readonly string[]): Promise<Witnessed[]> {
    const rows: ProvenRow[] = await this.dataSource.query(
      `SELECT ${COLUMNS}, ${ANCHORED_COLUMNS} FROM epcis_event e LEFT JOIN ${ANCHORING} WHERE e.id = ANY($1::uuid[])`,
      [ids],
    );
    const holding = await rootsThatHold(this.dataSource, rows);
    return rows.map((row) => witnessed(row, holding));
  }

  /** Every event that names one of the items; those declared wrong, and declarations, are left out. */
  public async naming(uris: readonly string[]): Promise<Fact[]> {
    const rows: EventRow[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM epcis_event e
       WHERE (e.event_time, e.id) IN (
         SELECT i.event_time, i.event_id FROM event_item i WHERE i.uri = ANY($1::text[]))`,
      [uris],
    );
    return rows.filter((row) => !row.isVoid && !row.isDeclaration).map((row) => factOf(arrivalOf(row)));
  }

  /** Events of an identity, their declarations among them. */
  public async ofIdentities(identities: readonly string[]): Promise<{ fact: Fact; event: EpcisEvent }[]> {
    const rows: EventRow[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM epcis_event e
       WHERE e.id IN (SELECT declaration_id FROM event_correction c
           WHERE c.partner || ' ' || coalesce(c.named_event_id, encode(c.event_hash, 'hex')) = ANY($1::text[])
             OR EXISTS (SELECT FROM unnest(c.corrective_event_ids) AS each WHERE c.partner || ' ' || each = ANY($1::text[])))
         OR e.id IN (SELECT event_id FROM event_declared_erroneous d
           WHERE d.partner || ' ' || coalesce(d.named_event_id, encode(d.event_hash, 'hex')) = ANY($1::text[]))`,
      [identities],
    );
    return rows.map((row) => ({ fact: factOf(arrivalOf(row)), event: row.body }));
  }
}

function arrivalOf({ id, seq, partner, recordTime, identity, body }: EventRow): Arrival {
  return { id, identity, order: Number(seq), party: partner, recorded: recordTime.getTime(), event: body };
}

function witnessed(row: ProvenRow, holding: ReadonlySet<string>): Witnessed {
  const proof = proofOf(row, jcsSha256(row.body) as Hex, row.jcsSha256, holding);
  return {
    fact: factOf(arrivalOf(row)),
    event: row.body,
    proof,
    onlyProof: row.isDeclaration || row.isVoid,
  };
}

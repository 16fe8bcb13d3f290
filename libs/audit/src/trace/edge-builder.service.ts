import { Injectable } from '@nestjs/common';
import { bulkInsert } from '@tallyhouse/database';
import type { EpcisEvent } from '@tallyhouse/epcis';
import { keccak256 } from '@tallyhouse/proofs';
import { originsOfEvents } from '@tallyhouse/supply-chain';
import { inJoinedSpan } from '@tallyhouse/telemetry';
import { DataSource, type EntityManager } from 'typeorm';
import { edgesOf } from './edge.js';

const EVENTS_A_ROUND = 2_000;
/** One round at a time: a declaration must see the edges of the event it is about. */
const GRAPH_LOCK = 0x6e4a;
/** A rebuilt graph is no part of what was captured long ago. */
const TRACED_HOURS = 24;
const EDGE_COLUMNS = {
  ...{ seq: 'bigint', ordinal: 'int', kind: 'text', action: 'text', source: 'text', target: 'text' },
  ...{ by_class: 'boolean', quantity: 'numeric', uom: 'text', at: 'timestamptz', event_id: 'uuid' },
  record_time: 'timestamptz',
  partner: 'text',
};

interface Waiting {
  readonly seq: string;
  readonly id: string;
  readonly at: string;
  readonly recordTime: string;
  readonly partner: string;
  readonly body: EpcisEvent;
}

/** Writes what captured events say into the item graph. */
@Injectable()
export class EdgeBuilder {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Takes every event that waits, a round a transaction: an event leaves the queue in the transaction that writes its
   * edges, so a crash loses and doubles nothing. Rounds of several workers wait for each other.
   *
   * @returns how many events were taken
   */
  public async run(): Promise<number> {
    let taken = 0;
    for (;;) {
      const count = await this.dataSource.transaction((manager) => buildRound(manager));
      taken += count;
      if (count < EVENTS_A_ROUND) return taken;
    }
  }

  /** Forgets the graph and queues every stored event: the next {@link run} makes the same rows again. */
  public async rebuild(): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      await manager.query('TRUNCATE edge, edge_queue, logistic_unit');
      await manager.query(
        'INSERT INTO edge_queue (seq, event_id, event_time) SELECT seq, id, event_time FROM epcis_event ON CONFLICT DO NOTHING',
      );
    });
  }
}

async function buildRound(manager: EntityManager): Promise<number> {
  await manager.query('SELECT pg_advisory_xact_lock($1)', [GRAPH_LOCK]);
  const events: Waiting[] = await manager.query(TAKE, [EVENTS_A_ROUND]);
  if (events.length === 0) return 0;
  const keys = events.map(({ id, at }) => ({ eventId: id, eventTime: at }));
  const origins = await originsOfEvents(manager, keys, TRACED_HOURS);
  const attributes = { 'tallyhouse.events': events.length };
  await inJoinedSpan('graph stage', origins, attributes, () => writeEdges(manager, events));
  return events.length;
}

async function writeEdges(manager: EntityManager, events: readonly Waiting[]): Promise<void> {
  const statements = events.flatMap((event) =>
    edgesOf(event.id, event.body).map((edge, ordinal) => ({ event, edge, ordinal })),
  );
  await bulkInsert(
    manager,
    'edge',
    EDGE_COLUMNS,
    statements.map(({ event, edge, ordinal }) => [
      ...[event.seq, ordinal, edge.kind, edge.action, edge.source, edge.target, edge.byClass],
      ...[edge.quantity, edge.uom, event.at, event.id, event.recordTime, event.partner],
    ]),
    'ON CONFLICT DO NOTHING',
  );
  await nameUnits(manager, new Set(statements.flatMap(({ edge }) => [edge.source, edge.target])));
  await manager.query(DECLARE, [events.map(({ id }) => id)]);
}

/** Hashes of the SSCCs seen, so that what Custody says of a hash can be shown by name. */
async function nameUnits(manager: EntityManager, uris: ReadonlySet<string>): Promise<void> {
  const units = [...uris].filter((uri) => uri.startsWith(SSCC)).map((uri) => [unitHash(uri), uri]);
  await bulkInsert(manager, 'logistic_unit', { unit: 'text', uri: 'text' }, units, 'ON CONFLICT DO NOTHING');
}

const SSCC = 'https://id.gs1.org/00/';

/**
 * The hash under which Custody knows a unit: Keccak-256 of the eighteen digits of its SSCC, or of the whole canonical
 * identifier where it is no SSCC.
 */
export function unitHash(uri: string): `0x${string}` {
  const name = uri.startsWith(SSCC) ? uri.slice(SSCC.length) : uri;
  return keccak256(new TextEncoder().encode(name));
}

/** Times travel as text, which keeps the microseconds. */
const TAKE = `
  WITH taken AS (
    DELETE FROM edge_queue WHERE seq IN (
      SELECT seq FROM edge_queue ORDER BY seq LIMIT $1
    ) RETURNING seq, event_id, event_time
  )
  SELECT e.seq, e.id, e.event_time::text AS at, e.record_time::text AS "recordTime", e.partner, e.body
  FROM taken t JOIN epcis_event e ON e.event_time = t.event_time AND e.id = t.event_id
  ORDER BY e.seq`;

/** An event may come before or after the one that declares it wrong: whichever is taken last finds the other. */
const DECLARE = `
  WITH wrong AS (
    SELECT d.event_id, min(declaration.record_time) AS declared_at
    FROM event_declared_erroneous d JOIN epcis_event declaration ON declaration.id = d.declaration_id
    WHERE d.event_id = ANY($1::uuid[]) OR d.declaration_id = ANY($1::uuid[])
    GROUP BY d.event_id
  )
  UPDATE edge SET declared_at = LEAST(edge.declared_at, wrong.declared_at)
  FROM wrong JOIN epcis_event e ON e.id = wrong.event_id WHERE edge.seq = e.seq`;

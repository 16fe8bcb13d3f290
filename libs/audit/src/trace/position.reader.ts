import { Injectable } from '@nestjs/common';
import { normalizeIdentifier } from '@tallyhouse/epcis';
import { DataSource } from 'typeorm';
import { custodyHolders } from '../custody/custody.repository.js';
import { causeOf } from '../mass-balance/movement.js';
import { Bindings, knownAsOf, NOW, type AsOf, type Known, type Queryable } from './as-of.js';
import { isClass } from './edge.js';
import { unitHash } from './edge-builder.service.js';
import { eventCountsAsOf } from './event-counts.js';
import { readEdges } from './neighbour.repository.js';
import { stateOf, stateOfLot, type ItemState, type LastWord, type LotAmount } from './position.js';
import { readingSnapshot } from './snapshot.repository.js';

/** Where an item is and who answers for it. */
export interface ItemPosition {
  readonly uri: string;
  readonly state: ItemState;
  /** Last known site; for goods on their way, the one they left. */
  readonly location: string | null;
  /** Address of the partner: by the Custody contract where it knows the unit, else who reported last. */
  readonly holder: string | null;
  readonly holderBy: 'CUSTODY' | 'REPORT' | null;
  /** Containers it is in now, from the innermost outwards; several innermost ones only for a lot. */
  readonly containedIn: readonly string[];
  readonly lastEvent: string | null;
  readonly lastSeen: Date | null;
  /** For lots that were counted. */
  readonly amount: LotAmount | null;
}

const MAX_NESTING = 8;
const UP = { side: 'source', kinds: ['AGGREGATION', 'ASSOCIATION'] } as const;
const CONTAINERS_AN_ITEM = 20;

/** Says where items are. What happened to a container happened to what is in it. */
@Injectable()
export class PositionReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** Positions in the order asked; an item that nobody reported has state `UNKNOWN`. */
  public async positions(identifiers: readonly string[], asOf: AsOf = NOW): Promise<ItemPosition[]> {
    const uris = identifiers.map(normalizeIdentifier);
    return readingSnapshot(this.dataSource, async (manager) =>
      positionsOf(manager, uris, await knownAsOf(manager, asOf)),
    );
  }
}

/** As {@link PositionReader.positions}, within a snapshot that is open. */
export async function positionsOf(
  manager: Queryable,
  uris: readonly string[],
  known: Known,
): Promise<ItemPosition[]> {
  if (uris.length === 0) return [];
  const chains = await containersOf(manager, uris, known);
  const everything = [...new Set([...uris, ...[...chains.values()].flat()])];
  const words = await lastWords(manager, everything, known);
  const units = everything.map(unitHash);
  const holders = await custodyHolders(manager, units, known.asOf);
  const amounts = await amountsOf(manager, uris.filter(isClass), known);
  return uris.map((uri) => {
    const containedIn = chains.get(uri) ?? [];
    const own = words.get(uri);
    const carried = [own, ...containedIn.map((container) => words.get(container))].filter(
      (word) => word !== undefined,
    );
    const last = carried.reduce<Word | undefined>((a, b) => (a && a.at >= b.at ? a : b), undefined);
    const place = carried.reduce<Word | undefined>(
      (a, b) => (b.place === null || (a && a.at >= b.at) ? a : b),
      undefined,
    );
    const byCustody = [...containedIn.toReversed(), uri]
      .map((name) => holders.get(unitHash(name)))
      .find(Boolean);
    const amount = amounts.get(uri);
    const state = isClass(uri) ? stateOfLot(stateOf(last), amount) : stateOf(last);
    return {
      ...{ uri, state, containedIn, amount: amount ?? null, location: place?.place ?? null },
      holder: byCustody ?? last?.partner ?? null,
      holderBy: byCustody ? 'CUSTODY' : last ? 'REPORT' : null,
      ...{ lastEvent: last?.id ?? null, lastSeen: last?.at ?? null },
    };
  });
}

/** The containers that each item is in now, innermost first. */
async function containersOf(
  manager: Queryable,
  uris: readonly string[],
  known: Known,
): Promise<Map<string, string[]>> {
  const chains = new Map(uris.map((uri) => [uri, [] as string[]]));
  let frontier = uris.map((uri) => ({ start: uri, uri }));
  for (let level = 0; level < MAX_NESTING && frontier.length > 0; level++) {
    const reach = frontier.map(({ uri }) => ({ uri, from: Infinity, to: Infinity }));
    const found = await readEdges(manager, reach, UP, known, CONTAINERS_AN_ITEM);
    frontier = found.flatMap(({ index, target }) => {
      const { start } = frontier[index]!;
      const chain = chains.get(start)!;
      if (chain.includes(target) || target === start) return [];
      chain.push(target);
      return [{ start, uri: target }];
    });
  }
  return chains;
}

interface Word extends LastWord {
  readonly uri: string;
  readonly id: string;
  readonly at: Date;
  readonly place: string | null;
  readonly partner: string;
}

async function lastWords(
  manager: Queryable,
  uris: readonly string[],
  known: Known,
): Promise<Map<string, Word>> {
  const bindings = new Bindings();
  const rows: Word[] = await manager.query(
    `SELECT n.uri, e.id, e.event_time AS at, e.event_type AS type, e.action, e.biz_step AS "bizStep", e.disposition,
       coalesce(e.biz_location, e.read_point) AS place, e.partner, e.role
     FROM unnest(${bindings.bind(uris)}::text[]) AS n (uri)
     CROSS JOIN LATERAL (
       SELECT e.*, i.role FROM event_item i JOIN epcis_event e ON e.event_time = i.event_time AND e.id = i.event_id
       WHERE i.uri = n.uri AND ${eventCountsAsOf(known, 'e', bindings)}
       ORDER BY i.event_time DESC, e.seq DESC LIMIT 1
     ) e`,
    bindings.values,
  );
  return new Map(rows.map((row) => [row.uri, row]));
}

interface AmountRow extends Omit<LastWord, 'disposition'> {
  readonly uri: string;
  readonly uom: string | null;
  readonly quantity: number;
}

/** Sums in the unit in which a lot was made. */
async function amountsOf(
  manager: Queryable,
  lots: readonly string[],
  known: Known,
): Promise<Map<string, LotAmount>> {
  if (lots.length === 0) return new Map();
  const bindings = new Bindings();
  const rows: AmountRow[] = await manager.query(
    `SELECT i.uri, e.event_type AS type, e.action, e.biz_step AS "bizStep", i.role, i.uom,
       sum(i.quantity)::double precision AS quantity
     FROM event_item i JOIN epcis_event e ON e.event_time = i.event_time AND e.id = i.event_id
     WHERE i.uri = ANY(${bindings.bind(lots)}::text[]) AND i.quantity IS NOT NULL
       AND ${eventCountsAsOf(known, 'e', bindings)}
     GROUP BY 1, 2, 3, 4, 5, 6`,
    bindings.values,
  );
  const amounts = new Map<string, LotAmount>();
  for (const [uri, of] of Map.groupBy(rows, (row) => row.uri)) {
    const sum = (uom: string | null, ...causes: (string | undefined)[]): number =>
      of
        .filter((row) => row.uom === uom && causes.includes(causeOf(row)))
        .reduce((total, row) => total + row.quantity, 0);
    const uom =
      of.find((row) => ['COMMISSIONED', 'PRODUCED'].includes(causeOf(row) ?? ''))?.uom ?? of[0]!.uom;
    amounts.set(uri, {
      uom,
      made: sum(uom, 'COMMISSIONED', 'PRODUCED'),
      consumed: sum(uom, 'CONSUMED'),
      sold: sum(uom, 'SOLD'),
      disposed: sum(uom, 'DISPOSED'),
    });
  }
  return amounts;
}

import { productOf } from '@tallyhouse/supply-chain';
import { AuditError } from '../audit.errors.js';
import { Bindings, type Known, type Queryable } from '../trace/as-of.js';
import { contentsAt } from '../trace/contents-at.reader.js';
import { eventCountsAsOf } from '../trace/event-counts.js';
import { readEdges } from '../trace/neighbour.repository.js';
import type { MovementWords } from './movement.js';

/** Goods that moved or were used up inside a unit which an event names in their stead. */
export interface ContainedGoods extends MovementWords {
  readonly eventId: string;
  readonly time: Date;
  /** Lot or serial. */
  readonly uri: string;
  readonly product: string;
  readonly quantity: number;
  readonly uom: string | null;
}

/** Whose goods are sought, and where: at every site when none is given. */
export interface ContainedSearch {
  readonly site?: string;
  /** Class, or one lot of it. */
  readonly product: string;
  /** Milliseconds since 1970, exclusive. */
  readonly before?: number;
}

interface UnitEvent extends MovementWords {
  readonly eventId: string;
  readonly time: Date;
  readonly unit: string;
}

const MAX_NESTING = 6;
const MAX_UNITS = 20_000;
const MAX_PARENTS = 200;

/**
 * Movements of goods that no event names, because they were in a unit that it names: what the unit held then moved with
 * it. An event that names the goods as well says itself how much it was, and is left out.
 *
 * @throws AuditError `BALANCE_INVALID` when the class was in more units than fit
 */
export async function containedGoods(
  manager: Queryable,
  search: ContainedSearch,
  known: Known,
): Promise<ContainedGoods[]> {
  const parentsOf = await unitsAround(manager, search.product, known);
  if (parentsOf.size === 0) return [];
  const events = outermost(await eventsOfUnits(manager, [...parentsOf.keys()], search, known), parentsOf);
  const contents = await contentsAt(
    manager,
    events.map(({ unit, time }) => ({ uri: unit, at: time.getTime() })),
    known,
  );
  return events.flatMap(({ unit: _unit, ...event }, index) =>
    contents[index]!.flatMap(({ uri, quantity, uom }) => {
      const product = productOf(uri);
      if (product === undefined || (product !== search.product && uri !== search.product)) return [];
      return [{ ...event, uri, product, quantity: quantity ?? 1, uom }];
    }),
  );
}

/** Every unit that ever held goods of the class, with the units that it was in itself. */
async function unitsAround(
  manager: Queryable,
  product: string,
  known: Known,
): Promise<Map<string, Set<string>>> {
  const rows: { unit: string }[] = await manager.query(
    `SELECT DISTINCT p.uri AS unit FROM event_item c
     JOIN event_item p ON p.event_time = c.event_time AND p.event_id = c.event_id AND p.role = 'PARENT'
     WHERE c.role = 'CHILD' AND (c.product = $1 OR c.uri = $1) LIMIT ${MAX_UNITS + 1}`,
    [product],
  );
  const found = new Map(rows.map(({ unit }) => [unit, new Set<string>()]));
  let level = [...found.keys()];
  for (let depth = 0; depth < MAX_NESTING && level.length > 0; depth++) {
    if (found.size > MAX_UNITS)
      throw new AuditError(
        'BALANCE_INVALID',
        `the class was in more than ${MAX_UNITS} units: ask for one lot`,
      );
    const reaches = level.map((uri) => ({ uri, from: -Infinity, to: Infinity }));
    const up = { side: 'source', kinds: ['AGGREGATION'] } as const;
    level = [];
    for (const { source, target } of await readEdges(manager, reaches, up, known, MAX_PARENTS)) {
      found.get(source)!.add(target);
      if (found.has(target)) continue;
      found.set(target, new Set());
      level.push(target);
    }
  }
  return found;
}

/** Events that move or use up units and do not name the goods themselves. */
async function eventsOfUnits(
  manager: Queryable,
  units: readonly string[],
  { site, product, before }: ContainedSearch,
  known: Known,
): Promise<UnitEvent[]> {
  const bindings = new Bindings();
  const name = bindings.bind(product);
  const conditions = [
    `i.uri = ANY(${bindings.bind(units)}::text[])`,
    "((e.event_type = 'TransformationEvent' AND i.role = 'INPUT') OR (i.role = 'EPC' AND e.action <> 'ADD'))",
    `NOT EXISTS (SELECT FROM event_item own WHERE own.event_time = e.event_time AND own.event_id = e.id
       AND own.role = i.role AND (own.product = ${name} OR own.uri = ${name}))`,
    eventCountsAsOf(known, 'e', bindings),
  ];
  if (site !== undefined) conditions.push(`coalesce(e.biz_location, e.read_point) = ${bindings.bind(site)}`);
  if (before !== undefined) conditions.push(`e.event_time < ${bindings.bind(new Date(before))}::timestamptz`);
  return manager.query(
    `SELECT e.id AS "eventId", e.event_time AS time, e.event_type AS type, e.action, e.biz_step AS "bizStep", i.role,
       i.uri AS unit
     FROM event_item i JOIN epcis_event e ON e.event_time = i.event_time AND e.id = i.event_id
     WHERE ${conditions.join(' AND ')} ORDER BY e.event_time, e.seq, i.ordinal`,
    bindings.values,
  );
}

/** An event that names a unit and another one around it moves the goods once. */
function outermost(
  events: readonly UnitEvent[],
  parentsOf: ReadonlyMap<string, ReadonlySet<string>>,
): UnitEvent[] {
  const named = Map.groupBy(events, ({ eventId }) => eventId);
  return events.filter(({ eventId, unit }) => {
    const others = new Set(named.get(eventId)!.map((event) => event.unit));
    return ![...(parentsOf.get(unit) ?? [])].some((parent) => others.has(parent));
  });
}

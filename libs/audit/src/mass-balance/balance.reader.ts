import { Injectable } from '@nestjs/common';
import { normalizeIdentifier } from '@tallyhouse/epcis';
import { DataSource } from 'typeorm';
import { AuditError } from '../audit.errors.js';
import { Bindings, knownAsOf, NOW, type AsOf, type Known, type Queryable } from '../trace/as-of.js';
import { eventCountsAsOf } from '../trace/event-counts.js';
import { readingSnapshot } from '../trace/snapshot.repository.js';
import { massBalance, type Balance, type BalanceWindow } from './balance.js';
import { containedGoods } from './contained-goods.reader.js';
import { causeOf, type Movement, type MovementWords } from './movement.js';
import { overspent, type CertifiedEntry, type Overspending } from './spending.js';
import type { NetContent } from './units.js';
import { jointBounds, type Yield, type YieldBounds, yieldsOf } from './yield.js';

/** The books of a site for a class: one balance a unit, what transformations yielded, and what was spent twice. */
export interface SiteBalance {
  readonly site: string;
  readonly product: string;
  readonly balances: readonly Balance[];
  /** Transformations of the window that use or make the class and whose yield is out of bounds. */
  readonly yields: readonly (Yield & { readonly eventId: string; readonly bounds: YieldBounds })[];
  /** Certified lots of the class of which more was used, over all sites, than was made. */
  readonly overspent: readonly Overspending[];
}

interface Row extends MovementWords {
  readonly eventId: string;
  readonly time: Date;
  readonly uri: string;
  readonly product: string;
  readonly quantity: number;
  readonly uom: string | null;
}

interface Measure {
  readonly netContent: NetContent | undefined;
  readonly bounds: YieldBounds;
}

const MAX_MOVEMENTS = 200_000;

/** Keeps the books from captured events. */
@Injectable()
export class BalanceReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * The books of a site for a product class. A serial counts one piece; what travels inside a container counts with
   * it, by what it held then.
   *
   * @param product GTIN class (`https://id.gs1.org/01/{GTIN}`) in any form, or one lot of it
   * @throws AuditError `BALANCE_INVALID` for a window that ends before it begins, or with more movements than fit
   */
  public async balance(
    site: string,
    product: string,
    window: BalanceWindow,
    asOf: AsOf = NOW,
  ): Promise<SiteBalance> {
    const [place, name] = [normalizeIdentifier(site), normalizeIdentifier(product)];
    return readingSnapshot(this.dataSource, async (manager) => {
      const known = await knownAsOf(manager, asOf);
      const here = { site: place, product: name, before: window.to };
      const rows = [...(await rowsOf(manager, here, known)), ...(await containedGoods(manager, here, known))];
      const measures = await measuresOf(manager, [...new Set(rows.map((row) => row.product))]);
      const balances = massBalance(movementsOf(rows, measures), window);
      const inWindow = rows.filter(({ time }) => time.getTime() >= window.from);
      const made = inWindow
        .filter(({ type }) => type === 'TransformationEvent')
        .map(({ eventId }) => eventId);
      const yields = await yieldsOutOfBounds(manager, [...new Set(made)]);
      const certified = await rowsOf(manager, { product: name, certified: true }, known);
      const lots = new Set(certified.map(({ uri }) => uri));
      const inside = lots.size === 0 ? [] : await containedGoods(manager, { product: name }, known);
      const spent = overspent(
        certifiedEntries([...certified, ...inside.filter(({ uri }) => lots.has(uri))], measures),
      );
      return { site: place, product: name, balances, yields, overspent: spent };
    });
  }
}

interface Wanted {
  readonly site?: string;
  readonly product: string;
  readonly before?: number;
  readonly certified?: boolean;
}

async function rowsOf(
  manager: Queryable,
  { site, product, before, certified }: Wanted,
  known: Known,
): Promise<Row[]> {
  const bindings = new Bindings();
  const name = bindings.bind(product);
  const conditions = [`(i.product = ${name} OR i.uri = ${name})`, eventCountsAsOf(known, 'e', bindings)];
  if (site !== undefined) conditions.push(`coalesce(e.biz_location, e.read_point) = ${bindings.bind(site)}`);
  if (before !== undefined) conditions.push(`e.event_time < ${bindings.bind(new Date(before))}::timestamptz`);
  // Only events that move goods: making, using, receiving, sending, selling, destroying.
  conditions.push("(e.event_type = 'TransformationEvent' OR i.role = 'EPC')");
  if (certified)
    conditions.push(`i.uri IN (SELECT m.uri FROM event_item m JOIN epcis_event c
      ON c.event_time = m.event_time AND c.id = m.event_id
      WHERE m.product = i.product AND c.body ->> 'certificationInfo' IS NOT NULL)`);
  const rows: Row[] = await manager.query(
    `SELECT e.id AS "eventId", e.event_time AS time, e.event_type AS type, e.action, e.biz_step AS "bizStep", i.role,
       i.uri, i.product, coalesce(i.quantity, 1)::double precision AS quantity, i.uom
     FROM event_item i JOIN epcis_event e ON e.event_time = i.event_time AND e.id = i.event_id
     WHERE ${conditions.join(' AND ')} ORDER BY e.event_time, e.seq LIMIT ${MAX_MOVEMENTS + 1}`,
    bindings.values,
  );
  if (rows.length > MAX_MOVEMENTS)
    throw new AuditError(
      'BALANCE_INVALID',
      `more than ${MAX_MOVEMENTS} movements: ask for one lot of the class`,
    );
  return rows;
}

async function measuresOf(manager: Queryable, products: readonly string[]): Promise<Map<string, Measure>> {
  const rows: { product: string; quantity: number | null; uom: string | null; min: number; max: number }[] =
    await manager.query(
      `SELECT product, net_content::double precision AS quantity, uom, yield_min::double precision AS min,
         yield_max::double precision AS max FROM product_measure WHERE product = ANY($1::text[])`,
      [products],
    );
  return new Map(
    rows.map(({ product, quantity, uom, min, max }) => {
      const netContent = quantity === null || uom === null ? undefined : { quantity, uom };
      return [product, { netContent, bounds: { min, max } }];
    }),
  );
}

function movementsOf(rows: readonly Row[], measures: ReadonlyMap<string, Measure>): Movement[] {
  return rows.flatMap((row) => {
    const cause = causeOf(row);
    if (!cause) return [];
    const { eventId, time, quantity, uom, product } = row;
    return [
      { eventId, time: time.getTime(), cause, quantity, uom, netContent: measures.get(product)?.netContent },
    ];
  });
}

function certifiedEntries(rows: readonly Row[], measures: ReadonlyMap<string, Measure>): CertifiedEntry[] {
  return rows.flatMap((row) => {
    const kind = CLAIMS[causeOf(row) ?? ''];
    if (!kind) return [];
    const { eventId, quantity, uom, uri, product } = row;
    return [{ kind, claim: uri, eventId, quantity, uom, netContent: measures.get(product)?.netContent }];
  });
}

/** What is used up, sold or destroyed is spent; what only moves is not. */
const CLAIMS: Readonly<Record<string, CertifiedEntry['kind']>> = {
  ...{ COMMISSIONED: 'MADE', PRODUCED: 'MADE' },
  ...{ CONSUMED: 'SPENT', SOLD: 'SPENT', DISPOSED: 'SPENT' },
};

/** All inputs and outputs of each transformation, against the joint bounds of what came out of it. */
async function yieldsOutOfBounds(
  manager: Queryable,
  eventIds: readonly string[],
): Promise<SiteBalance['yields']> {
  if (eventIds.length === 0) return [];
  const rows: (Omit<Row, 'time'> & { eventId: string })[] = await manager.query(
    `SELECT e.id AS "eventId", i.role, i.product, coalesce(i.quantity, 1)::double precision AS quantity, i.uom
     FROM epcis_event e JOIN event_item i ON i.event_time = e.event_time AND i.event_id = e.id
     WHERE e.id = ANY($1::uuid[]) ORDER BY e.id, i.ordinal`,
    [eventIds],
  );
  const measures = await measuresOf(manager, [...new Set(rows.map(({ product }) => product))]);
  return [...Map.groupBy(rows, ({ eventId }) => eventId)].flatMap(([eventId, items]) => {
    const measured = (role: string) =>
      items
        .filter((item) => item.role === role)
        .map(({ quantity, uom, product }) => ({
          quantity,
          uom,
          netContent: measures.get(product)?.netContent,
        }));
    const made = items.filter(({ role }) => role === 'OUTPUT');
    const bounds = jointBounds(made.map(({ product }) => measures.get(product)?.bounds));
    return yieldsOf(measured('INPUT'), measured('OUTPUT'), bounds)
      .filter(({ excess, loss }) => excess > 0 || loss > 0)
      .map((found) => ({ ...found, eventId, bounds }));
  });
}

import { Injectable } from '@nestjs/common';
import { itemsOf, productOf } from '@tallyhouse/supply-chain';
import { DataSource } from 'typeorm';
import { AuditError } from '../../audit.errors.js';
import { contentsAt } from '../../trace/contents-at.reader.js';
import { isClass } from '../../trace/edge.js';
import { knownAsOf, NOW, type AsOf, type Known, type Queryable } from '../../trace/as-of.js';
import { readingSnapshot } from '../../trace/snapshot.repository.js';
import { criticalTrackingEvent } from './critical-event.js';
import * as words from './event-words.js';
import type { FsmaRow } from './fsma-row.js';
import { lotsOfSerials, movesOfLots } from './goods.reader.js';
import { lotLines, type LotLine } from './lot-lines.js';
import { placesOf, productsOf } from './names.reader.js';
import {
  eventsById,
  eventsOfRange,
  lotEvents,
  type FsmaRange,
  type SheetEvent,
} from './sheet-event.reader.js';
import { rowsOf, type LotPast, type SheetKnowledge, type TrackedEvent } from './sheet-rows.js';

export const MAX_FSMA_ROWS = 50_000;

/** The sortable sheet of the Food Traceability Rule, from captured events. */
@Injectable()
export class FsmaReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Every critical tracking event of the range, by time, one row a lot. What is in a logistic unit, where its lots come
   * from, where they were harvested and cooled is taken from other events, of any time.
   *
   * @throws AuditError `REPORT_TOO_LARGE` above {@link MAX_FSMA_ROWS} rows
   */
  public async sheet(range: FsmaRange, asOf: AsOf = NOW): Promise<FsmaRow[]> {
    if (!(range.from < range.to))
      throw new AuditError('REPORT_TOO_LARGE', 'range: from must be before to; give a later end');
    return readingSnapshot(this.dataSource, async (manager) => {
      const known = await knownAsOf(manager, asOf);
      const events = within(await eventsOfRange(manager, range, known, MAX_FSMA_ROWS + 1));
      const { tracked, pasts } = await track(manager, events, known);
      within(tracked.flatMap(({ lines }) => lines));
      const knowledge = await knowledgeOf(manager, tracked, pasts);
      return tracked.flatMap((one) => rowsOf(one, knowledge));
    });
  }
}

function within<Row>(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= MAX_FSMA_ROWS) return rows;
  throw new AuditError('REPORT_TOO_LARGE', `range: more than ${MAX_FSMA_ROWS} rows; ask for a shorter range`);
}

type Pasts = ReadonlyMap<string, LotPast>;

/** Critical tracking events with their lots, and where those come from. */
async function track(
  manager: Queryable,
  events: readonly SheetEvent[],
  known: Known,
): Promise<{ tracked: TrackedEvent[]; pasts: Pasts }> {
  const kinds = events.flatMap((event) => {
    const kind = criticalTrackingEvent(event.body, event.isFarm);
    return kind ? [{ event, kind }] : [];
  });
  const { lines, madeBy } = await linesOf(
    manager,
    kinds.map(({ event }) => event),
    known,
  );
  const lots = [...new Set(lines.flat().flatMap(({ lot }) => lot ?? []))];
  const pasts = await pastsOf(manager, lots, madeBy, known);
  const tracked = kinds.map(({ event, kind }, index) => {
    const own = lines[index]!;
    const packs = own.some(({ role, lot }) => role === 'INPUT' && pasts.get(lot ?? '')?.harvest);
    return {
      event,
      lines: own,
      kind: kind === 'Transformation' && packs ? 'Initial packing' : kind,
    } as const;
  });
  return { tracked, pasts };
}

/** The lots of each event, and by which event each lot of serials was named. */
async function linesOf(
  manager: Queryable,
  events: readonly SheetEvent[],
  known: Known,
): Promise<{ lines: LotLine[][]; madeBy: ReadonlyMap<string, string> }> {
  const named = events.map(({ body }) => itemsOf(body).map(({ uri }) => uri));
  const units = events.flatMap(({ time }, index) =>
    named[index]!.filter((uri) => productOf(uri) === undefined).map((uri) => ({
      uri,
      at: time.getTime(),
      key: `${index} ${uri}`,
    })),
  );
  const contents = await contentsAt(manager, units, known);
  const inside = new Map(units.map(({ key }, index) => [key, contents[index]!]));
  const goods = [...named.flat(), ...contents.flat().map(({ uri }) => uri)];
  const serials = [...new Set(goods)].filter((uri) => productOf(uri) !== undefined && !isClass(uri));
  const lotOf = await lotsOfSerials(manager, serials, known);
  const lines = events.map(({ body }, index) =>
    lotLines(body, {
      contents: (unit) => inside.get(`${index} ${unit}`) ?? [],
      lotOfSerial: (uri) => lotOf.get(uri)?.lot,
    }),
  );
  return { lines, madeBy: new Map([...lotOf.values()].map(({ lot, eventId }) => [lot, eventId])) };
}

/** What made, harvested, cooled and moved each lot. */
async function pastsOf(
  manager: Queryable,
  lots: readonly string[],
  madeBy: ReadonlyMap<string, string>,
  known: Known,
): Promise<Pasts> {
  const byLot = Map.groupBy(await lotEvents(manager, lots, known), ({ lot }) => lot);
  const bySerial = lots.filter((lot) => !byLot.has(lot) && madeBy.has(lot));
  const named = await eventsById(
    manager,
    bySerial.map((lot) => madeBy.get(lot)!),
  );
  const moves = await movesOfLots(manager, lots, known);
  return new Map(
    lots.map((lot) => {
      const events: readonly SheetEvent[] =
        byLot.get(lot) ?? named.filter(({ id }) => id === madeBy.get(lot));
      const kindOf = (event: SheetEvent) => criticalTrackingEvent(event.body, event.isFarm);
      return [
        lot,
        {
          origin: events.find((event) => kindOf(event) !== 'Cooling'),
          harvest: events.find((event) => kindOf(event) === 'Harvesting'),
          cooling: events.find((event) => kindOf(event) === 'Cooling'),
          moves: moves.get(lot),
        },
      ];
    }),
  );
}

/** Names of everything that the rows will speak of, in one statement a kind. */
async function knowledgeOf(
  manager: Queryable,
  tracked: readonly TrackedEvent[],
  pasts: Pasts,
): Promise<SheetKnowledge> {
  const events = [
    ...tracked.map(({ event }) => event),
    ...[...pasts.values()].flatMap(({ origin, harvest, cooling }) =>
      [origin, harvest, cooling].flatMap((event) => event ?? []),
    ),
  ];
  const uris = [
    ...events.flatMap((event) => [
      ...[event.readPoint, event.bizLocation, words.ownerOf(event.body)],
      ...[words.sourceOf(event.body), words.destinationOf(event.body)],
    ]),
    ...[...pasts.values()].flatMap(({ moves }) => moves?.sent.map(({ to }) => to) ?? []),
  ];
  const places = await placesOf(manager, distinct(uris));
  const goods = tracked.flatMap(({ lines }) => lines.map(({ product }) => product));
  const products = await productsOf(manager, distinct(goods));
  return {
    past: (lot) => pasts.get(lot ?? '') ?? {},
    place: (uri) => places.get(uri ?? '') ?? null,
    product: (uri) => products.get(uri ?? ''),
  };
}

function distinct(values: readonly (string | null)[]): string[] {
  return [...new Set(values.filter((value) => value !== null))];
}

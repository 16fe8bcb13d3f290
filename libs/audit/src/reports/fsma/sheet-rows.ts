import type { CriticalTrackingEvent } from './critical-event.js';
import * as words from './event-words.js';
import type { FsmaPlace, FsmaRow } from './fsma-row.js';
import type { LotMoves } from './goods.reader.js';
import { missingElements } from './key-data-elements.js';
import type { LotLine } from './lot-lines.js';
import type { ProductNames } from './names.reader.js';
import type { SheetEvent } from './sheet-event.reader.js';

/** An event of the sheet with its lots. */
export interface TrackedEvent {
  readonly event: SheetEvent;
  readonly kind: CriticalTrackingEvent;
  readonly lines: readonly LotLine[];
}

/** What is known of a lot from other events than the one of a row. */
export interface LotPast {
  /** The event that assigned the lot code. */
  readonly origin?: SheetEvent | undefined;
  readonly harvest?: SheetEvent | undefined;
  readonly cooling?: SheetEvent | undefined;
  readonly moves?: LotMoves | undefined;
}

/** Names and pasts that rows are put together from. */
export interface SheetKnowledge {
  readonly past: (lot: string | null) => LotPast;
  readonly place: (uri: string | null) => FsmaPlace | null;
  readonly product: (uri: string | null) => ProductNames | undefined;
}

/** The rows of an event, one a lot. */
export function rowsOf(tracked: TrackedEvent, known: SheetKnowledge): FsmaRow[] {
  return tracked.lines.map((line) => {
    const row = {
      ...goodsOf(tracked, line, known),
      ...whenAndWhere(tracked, line, known),
      ...beginningsOf(tracked, line, known),
    };
    return { ...row, missing: missingElements(row) };
  });
}

function goodsOf({ event, kind }: TrackedEvent, line: LotLine, known: SheetKnowledge) {
  const { role, item, lot, container, product, quantity, uom } = line;
  const names = known.product(product);
  const { origin, harvest } = known.past(lot);
  const told = [event, origin, harvest].flatMap((one) => (one ? [one.body] : []));
  const first = (of: (body: SheetEvent['body']) => string | null) =>
    told.map(of).find((word) => word !== null) ?? null;
  return {
    ...{ event: kind, eventId: event.id, role, item, container, product, quantity, uom },
    traceabilityLotCode: lot === null ? null : decodeURIComponent(lot.slice(lot.lastIndexOf('/') + 1)),
    productName: names?.name ?? first(words.productWordsOf),
    commodity: names?.group ?? null,
    packaging: names?.packaging ?? null,
    variety: first(words.varietyOf),
    documents: words.documentsOf(event.body),
  };
}

function whenAndWhere({ event, kind }: TrackedEvent, { lot, role }: LotLine, known: SheetKnowledge) {
  const { origin, moves } = known.past(lot);
  const isBefore = kind === 'Harvesting' || kind === 'Cooling';
  const later = isBefore ? moves?.sent.find(({ at }) => at >= event.time)?.to : undefined;
  const here = words.placeOf(event);
  const assigns = role === 'OUTPUT' || (role === 'SUBJECT' && ASSIGNS.has(kind));
  const source = assigns ? here : origin ? words.placeOf(origin) : null;
  return {
    ...{ time: event.time, date: words.dayOf(event), location: known.place(here) },
    previousSource: kind === 'Receiving' ? known.place(words.sourceOf(event.body)) : null,
    nextRecipient:
      kind === 'Shipping' || isBefore ? known.place(words.destinationOf(event.body) ?? later ?? null) : null,
    lotCodeSource: isBefore ? null : known.place(source),
    receivedDate: kind === 'Initial packing' && role !== 'OUTPUT' ? receivedAt(event, moves) : null,
  };
}

const ASSIGNS: ReadonlySet<CriticalTrackingEvent> = new Set([
  'Initial packing',
  'First land-based receiving',
  'Transformation',
]);

/** The last time that the lot came to the place where it is packed. */
function receivedAt(event: SheetEvent, moves: LotMoves | undefined): string | null {
  const came = moves?.came.findLast(({ site, at }) => site === words.placeOf(event) && at <= event.time);
  return came ? words.dayOf({ time: came.at, offset: event.offset }) : null;
}

/** Where and when the goods grew or were caught, for the events that are asked about it. */
function beginningsOf({ event, kind }: TrackedEvent, { lot, role }: LotLine, known: SheetKnowledge) {
  const past = known.past(lot);
  const isLanding = kind === 'First land-based receiving';
  const asksForFarm =
    kind === 'Harvesting' || kind === 'Cooling' || (kind === 'Initial packing' && role !== 'OUTPUT');
  const harvest = kind === 'Harvesting' ? event : asksForFarm ? past.harvest : undefined;
  const cooling =
    kind === 'Cooling' ? event : asksForFarm && kind !== 'Harvesting' ? past.cooling : undefined;
  return {
    farm: harvest ? known.place(words.placeOf(harvest)) : null,
    growingArea: harvest ? areaOf(harvest, known) : null,
    ...(harvest ? harvesterOf(harvest, known) : { harvester: null, harvesterTelephone: null }),
    harvestDate: harvest ? words.harvestDateOf(harvest) : isLanding ? tripOf(event) : null,
    catchAreas: isLanding ? words.catchAreasOf(event.body) : null,
    cooler: cooling ? known.place(words.placeOf(cooling)) : null,
    coolingDate: cooling ? words.dayOf(cooling) : null,
  };
}

/** Days of the catch; the day of landing is not one of them. */
function tripOf(event: SheetEvent): string | null {
  const days = words.harvestDateOf(event);
  return days === words.dayOf(event) ? null : days;
}

function areaOf(harvest: SheetEvent, known: SheetKnowledge): string | null {
  const area = words.growingAreaOf(harvest);
  return area === null ? null : (known.place(area)?.name ?? area);
}

/** The owner that the event names, else who recorded it; its telephone, else that of the farm. */
function harvesterOf(harvest: SheetEvent, known: SheetKnowledge) {
  const owner = known.place(words.ownerOf(harvest.body));
  const farm = known.place(words.placeOf(harvest));
  return {
    harvester: owner?.business ?? owner?.name ?? harvest.partnerName,
    harvesterTelephone: owner?.telephone ?? farm?.telephone ?? null,
  };
}

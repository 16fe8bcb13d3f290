import { normalizeIdentifier, type EpcisEvent } from '@tallyhouse/epcis';
import { itemsOf, productOf, type ItemMention } from '@tallyhouse/supply-chain';
import type { PackedItem } from '../../trace/contents-at.reader.js';
import { isClass } from '../../trace/edge.js';
import type { FsmaRow } from './fsma-row.js';
import { masterWords } from './master-words.js';

/** A lot as an event moves, makes or uses it. */
export interface LotLine {
  readonly role: FsmaRow['role'];
  readonly item: string;
  /** `https://id.gs1.org/01/{GTIN}/10/{lot}` where a lot is known. */
  readonly lot: string | null;
  readonly container: string | null;
  readonly product: string | null;
  readonly quantity: number | null;
  readonly uom: string | null;
}

/** What is known of goods besides the event: what units hold, and the lots of serials. */
export interface KnownGoods {
  readonly contents: (unit: string) => readonly PackedItem[];
  readonly lotOfSerial: (uri: string) => string | undefined;
}

const ROLES: Readonly<Record<ItemMention['role'], FsmaRow['role']>> = {
  ...{ EPC: 'SUBJECT', PARENT: 'SUBJECT', CHILD: 'SUBJECT' },
  ...{ INPUT: 'INPUT', OUTPUT: 'OUTPUT' },
};

/**
 * The lots of an event. A unit stands for what is in it, unless the event names that as well; serials of one lot in one
 * unit are one line with their number.
 */
export function lotLines(event: EpcisEvent, known: KnownGoods): LotLine[] {
  const items = itemsOf(event);
  const parent = items.find(({ role }) => role === 'PARENT')?.uri ?? null;
  const begins = event.type === 'TransformationEvent' || event.action === 'ADD';
  const [number] = begins ? masterWords(event.ilmd, ['lotNumber', 'batchNumber']) : [];
  const named = items
    .filter(({ role, uri }) => role !== 'PARENT' && productOf(uri) !== undefined)
    .map((mention) => ({
      ...amountOf(mention),
      role: ROLES[mention.role],
      container: mention.role === 'CHILD' ? parent : null,
      lot: lotOf(mention.uri, known) ?? (ROLES[mention.role] === 'INPUT' ? null : asLot(mention.uri, number)),
    }));
  const covered = new Set(named.map(({ item, lot }) => lot ?? item));
  const units = items.filter(({ role, uri }) => productOf(uri) === undefined && role !== 'CHILD');
  const inside = units
    .filter(({ role }) => role !== 'PARENT' || named.length === 0)
    .flatMap(({ uri, role }) => insideOf(uri, ROLES[role], known))
    .filter(({ item, lot }) => !covered.has(lot ?? item));
  return summed([...named, ...inside]);
}

function insideOf(unit: string, role: LotLine['role'], known: KnownGoods): LotLine[] {
  const contents = known.contents(unit);
  if (contents.length === 0)
    return [{ role, item: unit, lot: null, container: unit, product: null, quantity: null, uom: null }];
  return contents.map((content) => ({
    ...amountOf(content),
    ...{ role, container: unit, lot: lotOf(content.uri, known) ?? null },
  }));
}

type Amount = Pick<LotLine, 'item' | 'product' | 'quantity' | 'uom'>;

/** A serial is one piece; of a class the event says how much. */
function amountOf(mention: {
  readonly uri: string;
  readonly quantity?: number | null | undefined;
  readonly uom?: string | null | undefined;
}): Amount {
  const { uri } = mention;
  const quantity = mention.quantity ?? (isClass(uri) ? null : 1);
  const uom = quantity === null ? null : (mention.uom ?? 'EA');
  return { item: uri, product: productOf(uri) ?? null, quantity, uom };
}

const LOT_OF_CLASS = /^https:\/\/id\.gs1\.org\/01\/\d{14}\/10\/[^/]+/;

function lotOf(uri: string, { lotOfSerial }: KnownGoods): string | undefined {
  return LOT_OF_CLASS.exec(uri)?.[0] ?? lotOfSerial(uri);
}

function asLot(uri: string, number: string | undefined): string | null {
  const product = productOf(uri);
  return product === undefined || number === undefined
    ? null
    : normalizeIdentifier(`${product}/10/${encodeURIComponent(number)}`);
}

/** Pieces of one lot in one unit as one line; amounts of one lot in one unit of measure are added. */
function summed(lines: readonly LotLine[]): LotLine[] {
  const found = new Map<string, LotLine>();
  for (const line of lines) {
    const item = line.lot ?? line.item;
    const key = JSON.stringify([line.role, line.container, item, line.uom]);
    const before = found.get(key);
    const quantity = before ? sum(before.quantity, line.quantity) : line.quantity;
    found.set(key, { ...line, item, quantity });
  }
  return [...found.values()];
}

function sum(a: number | null, b: number | null): number | null {
  return a === null || b === null ? null : a + b;
}

import { normalizeIdentifier, offsetMinutes, type EpcisEvent } from '@tallyhouse/epcis';
import { CATCH_AREAS, GROWING_AREAS, HARVEST_DATES, SPECIES } from './critical-event.js';
import type { FsmaDocument } from './fsma-row.js';
import { masterWords } from './master-words.js';
import type { SheetEvent } from './sheet-event.reader.js';

/** The place of an event: where it was read, or else where the goods were after it. */
export function placeOf({ readPoint, bizLocation }: SheetEvent): string | null {
  return readPoint ?? bizLocation;
}

/**
 * The day of an event where it happened.
 *
 * @example dayOf({ time: new Date('2026-04-18T02:00:00Z'), offset: '-04:00' }) // '2026-04-17'
 */
export function dayOf({ time, offset }: Pick<SheetEvent, 'time' | 'offset'>): string {
  return new Date(time.getTime() + (offsetMinutes(offset) ?? 0) * 60_000).toISOString().slice(0, 10);
}

/** The field of a harvest: a place within the farm, or what master data names. */
export function growingAreaOf(event: SheetEvent): string | null {
  const { readPoint, bizLocation } = event;
  if (readPoint !== null && bizLocation !== null && bizLocation !== readPoint) return bizLocation;
  return joined(masterWords(event.body.ilmd, GROWING_AREAS));
}

/** The days of a harvest or catch: as master data says, or else the day of the event. */
export function harvestDateOf(event: SheetEvent): string {
  const [start] = masterWords(event.body.ilmd, HARVEST_DATES.start);
  const [end] = masterWords(event.body.ilmd, HARVEST_DATES.end);
  const days = [start, end].flatMap((day) => (day === undefined ? [] : [day.slice(0, 10)]));
  return days.length === 0 ? dayOf(event) : [...new Set(days)].join('/');
}

export function catchAreasOf({ ilmd }: EpcisEvent): string | null {
  return joined(masterWords(ilmd, CATCH_AREAS));
}

export function varietyOf({ ilmd }: EpcisEvent): string | null {
  return joined(masterWords(ilmd, ['variety', 'varietyName', ...SPECIES]));
}

export function productWordsOf({ ilmd }: EpcisEvent): string | null {
  const names = ['productName', 'descriptionShort', 'regulatedProductName', 'tradeItemDescription'];
  return masterWords(ilmd, names)[0] ?? null;
}

/** Documents with their numbers as the partner writes them. */
export function documentsOf({ bizTransactionList }: EpcisEvent): FsmaDocument[] {
  return (bizTransactionList ?? []).map(({ type, bizTransaction }) => ({
    type: type?.replace(/^.*(?:BTT-|btt:)/, '') ?? null,
    number: bizTransaction.replace(/^urn:epcglobal:cbv:bt:[^:]*:/, ''),
  }));
}

/** Where goods come from: the place, or else the party that owned or held them. */
export function sourceOf({ sourceList }: EpcisEvent): string | null {
  return chosen((sourceList ?? []).map(({ type, source }) => ({ type, id: source })));
}

/** Where goods go to, likewise. */
export function destinationOf({ destinationList }: EpcisEvent): string | null {
  return chosen((destinationList ?? []).map(({ type, destination }) => ({ type, id: destination })));
}

/** The party whose goods they were. */
export function ownerOf({ sourceList }: EpcisEvent): string | null {
  const owner = sourceList?.find(({ type }) => type.endsWith('owning_party'));
  return owner ? normalizeIdentifier(owner.source) : null;
}

function chosen(list: readonly { readonly type: string; readonly id: string }[]): string | null {
  const found = list.find(({ type }) => /(^|[-:])location$/.test(type)) ?? list[0];
  return found ? normalizeIdentifier(found.id) : null;
}

function joined(words: readonly string[]): string | null {
  return words.length === 0 ? null : words.join('; ');
}

import { normalizeIdentifier, parseTime, type EpcisEvent, type QuantityElement } from '@tallyhouse/epcis';
import { readingsOf, type Reading } from './readings.js';

/** The part an item plays in an event (EPCIS 2.0, section 7.4). */
export type Role = 'EPC' | 'PARENT' | 'CHILD' | 'INPUT' | 'OUTPUT';

/** An amount of a lot; pieces where `uom` (UN/CEFACT Recommendation 20) is absent. */
export interface Amount {
  readonly uri: string;
  readonly quantity: number | undefined;
  readonly uom: string | undefined;
}

/** What one event says, in the form that rules read: canonical identifiers, bare CBV words, Unix milliseconds. */
export interface Fact {
  readonly id: string;
  /** By what a correction names it: its eventID, or its event hash. */
  readonly identity: string;
  /** Position in the order of arrival; settles ties of time. */
  readonly order: number;
  readonly type: string;
  readonly action: string | undefined;
  readonly bizStep: string | undefined;
  readonly disposition: string | undefined;
  readonly time: number;
  /** When it was taken in. */
  readonly recorded: number;
  /** Who sent it: an address in lower case, or a GLN. */
  readonly party: string;
  /** The read point, or the business location where there is none. */
  readonly site: string | undefined;
  readonly epcs: readonly string[];
  readonly parent: string | undefined;
  readonly children: readonly string[];
  readonly inputs: readonly string[];
  readonly outputs: readonly string[];
  readonly amounts: Readonly<Record<'EPC' | 'CHILD' | 'INPUT' | 'OUTPUT', readonly Amount[]>>;
  /** Where the goods are said to go, by location; undefined where the event names none. */
  readonly destination: string | undefined;
  /** Parties who hold or held the goods, by the event. */
  readonly holders: readonly string[];
  readonly readings: readonly Reading[];
}

/** One event as it arrived at the audit. */
export interface Arrival {
  readonly id: string;
  /** By what a correction names it: its eventID, or its event hash. */
  readonly identity: string;
  readonly order: number;
  readonly party: string;
  readonly recorded: number;
  readonly event: EpcisEvent;
}

const NOTHING: readonly never[] = [];
/** Links that are canonical as they stand, by far the most: reading them again would take most of the time. */
const CANONICAL =
  /^https:\/\/id\.gs1\.org\/(?:00\/\d{18}|01\/\d{14}(?:\/(?:10|21)\/[\w.-]{1,20})?|41[47]\/\d{13})$/;

function canonical(uri: string): string {
  return CANONICAL.test(uri) ? uri : normalizeIdentifier(uri);
}

/** Reads the fact out of an event that has been validated. */
export function factOf({ id, identity, order, party, recorded, event }: Arrival): Fact {
  const site = event.readPoint?.id ?? event.bizLocation?.id;
  return {
    id,
    identity,
    order,
    type: event.type,
    action: event.action,
    bizStep: cbvWord(event.bizStep),
    disposition: cbvWord(event.disposition),
    time: parseTime(event.eventTime) ?? recorded,
    recorded,
    party,
    site: site === undefined ? undefined : canonical(site),
    epcs: identifiers(event.epcList),
    parent: event.parentID === undefined ? undefined : canonical(event.parentID),
    children: identifiers(event.childEPCs),
    inputs: identifiers(event.inputEPCList),
    outputs: identifiers(event.outputEPCList),
    amounts: {
      EPC: amounts(event.quantityList),
      CHILD: amounts(event.childQuantityList),
      INPUT: amounts(event.inputQuantityList),
      OUTPUT: amounts(event.outputQuantityList),
    },
    destination: destinationOf(event),
    holders: holdersOf(event),
    readings: readingsOf(event),
  };
}

/**
 * The bare word of a CBV value in any of its spellings.
 *
 * @example cbvWord('https://ref.gs1.org/cbv/BizStep-shipping') // 'shipping'
 */
export function cbvWord(value: string | undefined): string | undefined {
  if (value === undefined || !/[:/]/.test(value)) return value;
  return /(?:BizStep-|Disp-|bizstep:|disp:)([^:/]+)$/.exec(value)?.[1] ?? value;
}

function identifiers(list: readonly string[] | undefined): readonly string[] {
  return list === undefined || list.length === 0 ? NOTHING : list.map(canonical);
}

function amounts(list: readonly QuantityElement[] | undefined): readonly Amount[] {
  if (list === undefined || list.length === 0) return NOTHING;
  return list.map(({ epcClass, quantity, uom }) => ({ uri: canonical(epcClass), quantity, uom }));
}

function destinationOf({ destinationList }: EpcisEvent): string | undefined {
  const location = destinationList?.find(({ type }) => type.endsWith('location'));
  return location && canonical(location.destination);
}

function holdersOf({ sourceList, destinationList }: EpcisEvent): readonly string[] {
  const held = [
    ...(sourceList ?? []).filter(isPossession).map(({ source }) => source),
    ...(destinationList ?? []).filter(isPossession).map(({ destination }) => destination),
  ];
  return identifiers(held);
}

function isPossession({ type }: { readonly type: string }): boolean {
  return type.endsWith('possessing_party');
}

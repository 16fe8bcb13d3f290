import type { EpcisEvent, QuantityElement } from '@tallyhouse/epcis';
import type { Prng } from '../prng.js';
import type { ItemNetwork } from './item-network.js';
import type { ItemProduct, ItemSite } from './item-world.js';

export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

/** An event before it is recorded; its time may still be moved and its lists changed. */
export interface Draft {
  /** True time, Unix milliseconds. */
  at: number;
  /** Index of the site; undefined on the road. */
  site: number | undefined;
  /** Index of the party that reports it. */
  party: number;
  /** A gate reads it in passing and may miss it; other steps are done by hand and are not missed. */
  gate: boolean;
  readonly event: EpcisEvent & { eventID: string };
  /** Milliseconds from event to record, where it is not left to chance. */
  lag?: number;
  /** Never anchored, anchored so many milliseconds late, or changed after it was anchored. */
  proof?: 'never' | 'altered' | number;
}

/** A way between two sites of some units. */
export interface ScriptLeg {
  readonly from: number;
  readonly to: number;
  readonly units: readonly string[];
  readonly ship: Draft;
  readonly readings: Draft[];
  readonly receive: Draft;
}

/** How a hand-over on chain goes: as the events say, or otherwise. */
export type HandOverEnd = 'accepted' | 'rejected' | 'unanswered' | 'to another';

/** A unit of cases: a pallet from the packer, or a mixed unit for a store. */
export interface ScriptUnit {
  readonly sscc: string;
  readonly cases: readonly string[];
  readonly pack: Draft;
  readonly unpack: Draft;
}

/** One consignment from farm to customer, with what its faults may take hold of. */
export interface Script {
  readonly network: ItemNetwork;
  readonly prng: Prng;
  readonly product: ItemProduct;
  /** Numbers drawn by the whole world. */
  readonly nextNumber: () => number;
  drafts: Draft[];
  harvests: Draft[];
  binPacks: Draft[];
  process: Draft | undefined;
  casing: Draft[];
  pallets: ScriptUnit[];
  storeUnits: (ScriptUnit & { readonly store: number })[];
  legs: ScriptLeg[];
  inspections: Draft[];
  /** Whether its companies hand over on chain as well, and hand-overs that end otherwise than the goods go. */
  underCustody: boolean;
  readonly handOvers: Map<ScriptLeg, HandOverEnd>;
  /** Last sale of each case that is sold. */
  sales: Map<string, Draft>;
}

/** What a step says beside place and time. */
type Body = Partial<EpcisEvent> & { type: string };

/** Adds an event to the script. */
export function write(
  script: Script,
  at: number,
  site: number | undefined,
  body: Body,
  options: { readonly gate?: boolean; readonly party?: number } = {},
): Draft {
  const place = site === undefined ? undefined : { id: siteOf(script, site).uri };
  const draft: Draft = {
    at,
    site,
    party: options.party ?? (site === undefined ? 0 : siteOf(script, site).party),
    gate: options.gate ?? false,
    event: {
      ...{ eventID: eventId(script), eventTime: '', eventTimeZoneOffset: '+00:00' },
      ...body,
      ...(place ? { readPoint: place } : {}),
      // What has left is nowhere.
      ...(place && body.bizStep !== 'shipping' ? { bizLocation: place } : {}),
    },
  };
  script.drafts.push(draft);
  return draft;
}

/** The next eventID of the world: a UUID whose first digits are drawn and whose last ones count. */
export function eventId({ prng, nextNumber }: Script): string {
  const drawn = prng.uint32().toString(16).padStart(8, '0');
  return `urn:uuid:${drawn}-0000-4000-8000-${nextNumber().toString(16).padStart(12, '0')}`;
}

export function siteOf({ network }: Script, site: number): ItemSite {
  return network.sites[site] as ItemSite;
}

export function pick<Element>(prng: Prng, list: readonly Element[]): Element | undefined {
  return list[prng.integer(0, list.length - 1)];
}

/** A time around a median, right-skewed: lognormal with the given spread of the logarithm. */
export function around(prng: Prng, medianMs: number, spread = 0.35): number {
  return Math.round(medianMs * Math.exp(spread * prng.normal()));
}

export function kilograms(epcClass: string, quantity: number): QuantityElement {
  return { epcClass, quantity: Math.round(quantity * 10) / 10, uom: 'KGM' };
}

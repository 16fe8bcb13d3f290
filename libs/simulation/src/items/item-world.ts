import type { EpcisEvent } from '@tallyhouse/epcis';

/** The rule of an audit that a planted fault breaks: R1 to R17 (docs/audit-rules.md). */
export type FaultRule = `R${1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17}`;

/** A fault that was planted, and what shows it. No detector may read this. */
export interface PlantedFault {
  readonly rule: FaultRule;
  /** What was done, for example `stolen on the way`. */
  readonly kind: string;
  /** eventIDs of the events that show it. */
  readonly eventIds: readonly string[];
  /** Unix milliseconds from which nothing more is to be waited for: the last of those events, or a deadline. */
  readonly shownBy: number;
  /** Rules that the same deed breaks as well: findings by them are right, and nobody need make them. */
  readonly also: readonly FaultRule[];
}

/** A place of the item world. */
export interface ItemSite {
  readonly name: string;
  readonly kind: ItemSiteKind;
  readonly region: number;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Index of its owner in `ItemWorld.parties`. */
  readonly party: number;
  readonly gln: string;
  /** Digital Link of the place. */
  readonly uri: string;
  readonly offsetMinutes: number;
  readonly latitude: number;
  readonly longitude: number;
}

export type ItemSiteKind = 'farm' | 'processor' | 'packer' | 'port' | 'warehouse' | 'store';

/** A company; admitted to the network from the first day, and until `admittedUntil` where it left. */
export interface ItemParty {
  readonly name: string;
  readonly role: 'grower' | 'processor' | 'packer' | 'carrier' | 'operator' | 'retailer';
  readonly gln: string;
  /** Digital Link of the party. */
  readonly uri: string;
  readonly companyPrefix: string;
  /** Unix milliseconds; undefined for a member. */
  readonly admittedUntil?: number;
}

/** Something grown, made of it, and packed in cases. Weights are in kilograms. */
export interface ItemProduct {
  readonly name: string;
  readonly region: number;
  readonly rawGtin: string;
  readonly unitGtin: string;
  readonly caseGtin: string;
  readonly unitKilograms: number;
  readonly unitsPerCase: number;
  /** Kept at 2 to 8 degrees Celsius under loggers. */
  readonly chilled: boolean;
}

/** A closed port: nothing leaves it from `from` to `to`, Unix milliseconds. */
export interface PortClosure {
  readonly site: number;
  readonly from: number;
  readonly to: number;
}

/** What the Custody contract says of a unit; parties by their links, times in Unix milliseconds. */
export interface ItemCustodyStatement {
  /** Digital Link of the unit. */
  readonly unit: string;
  readonly kind: 'OFFERED' | 'ACCEPTED' | 'REJECTED';
  readonly at: number;
  readonly sender: string;
  readonly recipient: string;
  /** Zero where it is no offer. */
  readonly deadline: number;
  readonly reason?: string;
}

/** An event as its reporter recorded it, and what became of it on its way to the chain. */
export interface RecordedEvent {
  /** Index of the reporter in `ItemWorld.parties`. */
  readonly party: number;
  /** Unix milliseconds; events come in this order, whatever their `eventTime`. */
  readonly recordedAt: number;
  readonly event: EpcisEvent;
  /** Unix milliseconds of the block; undefined for an event that never reached the chain. */
  readonly anchoredAt?: number;
  /** What was anchored, where the stored event is no longer that. */
  readonly anchoredEvent?: EpcisEvent;
  /** The hand-over on chain that begins with this shipping, where its goods are under two-sided custody. */
  readonly custody?: readonly ItemCustodyStatement[];
}

/** The settings of an item world: the same settings give the same events, byte for byte. */
export interface ItemWorldOptions {
  /** An integer from 0 to 2^53 - 1. */
  readonly seed: number;
  /** Events to make, 100 to 100,000,000. The network and its time grow with the number. */
  readonly events: number;
  /** Share of consignments with one planted fault, 0 (a clean world) to 1. */
  readonly faultRate?: number;
  /** First day, `YYYY-MM-DD`. */
  readonly start?: string;
}

/** A network in which every case has a serial: master data, and a stream of events with its truth. */
export interface ItemWorld {
  readonly options: Required<ItemWorldOptions>;
  readonly parties: readonly ItemParty[];
  readonly sites: readonly ItemSite[];
  readonly products: readonly ItemProduct[];
  readonly closures: readonly PortClosure[];
  /** Faults of the consignments begun so far; complete once `events` has ended. */
  readonly faults: readonly PlantedFault[];
  /** Plays the world once, in the order of record. */
  readonly events: () => Generator<RecordedEvent, void>;
}

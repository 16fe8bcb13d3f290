/** What a partner does in the chain; it owns the sites of the matching kind. */
export type PartnerRole = 'maker' | 'carrier' | 'distributor' | 'retailer';

/** Where goods are: made in plants, moved through the hub, kept in warehouses, sold in stores. */
export type SiteKind = 'plant' | 'hub' | 'warehouse' | 'store';

/** How demand for a product comes: every day, or seldom and in lumps. */
export type DemandPattern = 'regular' | 'intermittent';

/** The settings a world is built from; the same settings give the same world and the same events, byte for byte. */
export interface SimulationOptions {
  /** An integer from 0 to 2^53 - 1. */
  readonly seed: number;
  /** The first day of sale, `YYYY-MM-DD`; opening stock is made and moved in the ten days before it. */
  readonly start: string;
  /** Months of sale, 1 to 240. */
  readonly months: number;
  /** 1 is 24 products in 6 stores; products and stores both grow with its square root. From 0.01 to 400. */
  readonly scale?: number;
}

/** A company; its index in `World.partners` is its number in `events`. */
export interface Partner {
  readonly name: string;
  readonly role: PartnerRole;
  /** The 13 digits of its Global Location Number as a party. */
  readonly gln: string;
  /** Seven digits under GS1 prefix 952, which GS1 keeps for demonstrations. */
  readonly companyPrefix: string;
}

/** A place; `partner` is the index of its owner. */
export interface Site {
  readonly name: string;
  readonly kind: SiteKind;
  readonly partner: number;
  readonly gln: string;
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** Minutes east of UTC, the same all year: summer time is left out. */
  readonly offsetMinutes: number;
  /** Degrees, WGS 84. */
  readonly latitude: number;
  readonly longitude: number;
}

/** A product and the parameters of its demand. */
export interface Product {
  readonly gtin: string;
  readonly name: string;
  readonly group: string;
  /** Index of the plant that makes it, in `World.sites`. */
  readonly plant: number;
  /** Regular consumer price in euro cents. */
  readonly priceCents: number;
  readonly caseSize: number;
  readonly shelfLifeDays: number;
  /** Kept at 2 to 8 degrees Celsius, with sensor reports on arrival. */
  readonly chilled: boolean;
  /** GTIN of the bulk good it is packed from (in kilograms), where the plant transforms; otherwise absent. */
  readonly bulkGtin?: string;
  readonly demand: ProductDemand;
}

/** Demand of one product in a store of size 1. */
export interface ProductDemand {
  readonly pattern: DemandPattern;
  /** Units a day at the start, averaged over the year; for intermittent products units per demand. */
  readonly unitsPerDay: number;
  /** Probability of a demand on a day; 1 for regular products. */
  readonly occurrence: number;
  /** Growth in a year as a fraction, for example 0.1. */
  readonly trendPerYear: number;
  /** Height of the yearly wave as a fraction, and the day of the year of its peak. */
  readonly yearlyAmplitude: number;
  readonly peakDayOfYear: number;
  /** Seven factors with mean 1, Monday first. */
  readonly weekly: readonly number[];
  /** Extra demand for each percent of discount, as a fraction. */
  readonly upliftPerPercent: number;
}

/** A price cut of one product in all stores of one retailer; known in advance. `to` is the day after its last. */
export interface Promotion {
  readonly id: string;
  readonly product: number;
  readonly retailer: number;
  readonly from: string;
  readonly to: string;
  readonly discountPercent: number;
  /** The factor by which it raises mean demand. */
  readonly uplift: number;
}

/** A plant that makes nothing from `from` up to the day before `to`. */
export interface Outage {
  readonly site: number;
  readonly from: string;
  readonly to: string;
}

/** A simulated supply network: who, where, what, and what was planned to happen; `events` plays it. */
export interface World {
  readonly options: Required<SimulationOptions>;
  readonly partners: readonly Partner[];
  readonly sites: readonly Site[];
  readonly products: readonly Product[];
  readonly promotions: readonly Promotion[];
  readonly outages: readonly Outage[];
  /** Size of each store relative to 1, by site index; 0 where the site is no store. */
  readonly storeSize: readonly number[];
  /** First day of sale and the day after the last, as days since 1970-01-01. */
  readonly firstDay: number;
  readonly endDay: number;
}

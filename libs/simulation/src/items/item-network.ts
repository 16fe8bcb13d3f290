import { gln, gtin, pgln, sgln } from '@tallyhouse/epcis';
import { DAY_MS } from '../calendar.js';
import { createPrng, type Prng } from '../prng.js';
import type { ItemParty, ItemProduct, ItemSite, ItemSiteKind, PortClosure } from './item-world.js';

/** [name, ISO 3166-1 alpha-2, minutes east of UTC, latitude, longitude]: where a region's port and warehouse are. */
const REGIONS = [
  ['Rotterdam', 'NL', 60, 51.92, 4.48],
  ['Valencia', 'ES', 60, 39.47, -0.38],
  ['Santos', 'BR', -180, -23.96, -46.33],
  ['Durban', 'ZA', 120, -29.87, 31.03],
  ['Mumbai', 'IN', 330, 18.95, 72.84],
  ['Ho Chi Minh City', 'VN', 420, 10.78, 106.7],
  ['Yokohama', 'JP', 540, 35.45, 139.64],
  ['Oakland', 'US', -480, 37.8, -122.27],
  ['Callao', 'PE', -300, -12.05, -77.13],
  ['Mombasa', 'KE', 180, -4.05, 39.67],
  ['Melbourne', 'AU', 600, -37.84, 144.93],
  ['Savannah', 'US', -300, 32.08, -81.09],
] as const;

const GOODS: readonly (readonly [
  raw: string,
  product: string,
  kilograms: number,
  perCase: number,
  chilled: boolean,
])[] = [
  ['Raw milk', 'Soft cheese', 0.25, 12, true],
  ['Leaf spinach', 'Washed spinach', 0.2, 16, true],
  ['Cocoa beans', 'Chocolate bar', 0.1, 24, false],
  ['Arabica cherries', 'Roasted coffee', 0.5, 10, false],
  ['Salmon', 'Smoked salmon', 0.2, 12, true],
  ['Tomatoes', 'Tomato passata', 0.7, 8, false],
];

/** Places of one region beside its port: kind, how many, and degrees from the port at most. */
const LAYOUT: readonly (readonly [ItemSiteKind, number, number])[] = [
  ['farm', 3, 1.4],
  ['processor', 1, 0.8],
  ['packer', 1, 0.6],
  ['port', 1, 0.05],
  ['warehouse', 1, 0.5],
  ['store', 4, 1.2],
];

const OWNER: Readonly<Record<ItemSiteKind, ItemParty['role']>> = {
  farm: 'grower',
  processor: 'processor',
  packer: 'packer',
  port: 'operator',
  warehouse: 'operator',
  store: 'retailer',
};
const ROLES = ['grower', 'processor', 'packer', 'operator', 'retailer'] as const;

/** Company prefixes of the item world begin here, behind those of the market world. */
const FIRST_PREFIX = 9_522_000;
/** Products of a processor. */
const PRODUCTS_A_REGION = 3;
const CARRIERS = ['Blue Anchor Lines', 'Overland Cold Freight'];

export interface ItemNetwork {
  readonly regions: number;
  readonly parties: readonly ItemParty[];
  readonly sites: readonly ItemSite[];
  readonly products: readonly ItemProduct[];
  readonly closures: readonly PortClosure[];
  /** Party indices of the carriers that are members. */
  readonly carriers: readonly number[];
  /** Party index of a carrier that left before the first day. */
  readonly formerCarrier: number;
  /** Milliseconds by which each site's clock is off. */
  readonly clockSkew: readonly number[];
  /** Sites of a kind in a region. */
  readonly sitesOf: (region: number, kind: ItemSiteKind) => readonly number[];
}

/** Lays out regions, each with its companies, places and products, for a time from `from` to `to` (Unix milliseconds). */
export function layOutNetwork(seed: number, regions: number, from: number, to: number): ItemNetwork {
  const prng = createPrng(seed, 'item-network');
  const parties = makeParties(regions, from);
  const sites = makeSites(regions, parties, prng);
  const byPlace = new Map<string, number[]>();
  sites.forEach(({ region, kind }, index) => {
    const key = `${region} ${kind}`;
    byPlace.set(key, [...(byPlace.get(key) ?? []), index]);
  });
  return {
    regions,
    parties,
    sites,
    products: makeProducts(regions, parties),
    closures: makeClosures(sites, from, to, prng),
    carriers: parties.flatMap(({ role, admittedUntil }, index) =>
      role === 'carrier' && admittedUntil === undefined ? [index] : [],
    ),
    formerCarrier: parties.findIndex(({ admittedUntil }) => admittedUntil !== undefined),
    clockSkew: sites.map(() => prng.integer(-180, 180) * 1_000),
    sitesOf: (region, kind) => byPlace.get(`${region} ${kind}`) ?? [],
  };
}

/** The most regions that a network may have. */
export const MOST_REGIONS = REGIONS.length;

function makeParties(regions: number, from: number): ItemParty[] {
  const parties: ItemParty[] = [];
  const add = (name: string, role: ItemParty['role'], admittedUntil?: number): void => {
    const companyPrefix = String(FIRST_PREFIX + parties.length);
    const number = gln(companyPrefix, '00000');
    const until = admittedUntil === undefined ? {} : { admittedUntil };
    parties.push({ name, role, companyPrefix, gln: number, uri: pgln(number), ...until });
  };
  for (const name of CARRIERS) add(name, 'carrier');
  add('Former Freight', 'carrier', from - 60 * DAY_MS);
  for (let region = 0; region < regions; region += 1)
    for (const role of ROLES) add(`${REGIONS[region]?.[0]} ${role}`, role);
  return parties;
}

function makeSites(regions: number, parties: readonly ItemParty[], prng: Prng): ItemSite[] {
  const sites: ItemSite[] = [];
  for (let region = 0; region < regions; region += 1) {
    const [town, country, offsetMinutes, latitude, longitude] = REGIONS[region] as (typeof REGIONS)[number];
    for (const [kind, count, spread] of LAYOUT) {
      for (let number = 1; number <= count; number += 1) {
        const party = CARRIERS.length + 1 + region * ROLES.length + ROLES.indexOf(OWNER[kind] as never);
        const location = gln(parties[party]?.companyPrefix ?? '', String(sites.length + 1).padStart(5, '0'));
        sites.push({
          name: `${town} ${kind}${count > 1 ? ` ${number}` : ''}`,
          ...{ kind, region, country, party, gln: location, uri: sgln(location), offsetMinutes },
          latitude: latitude + spread * (2 * prng.float() - 1),
          longitude: longitude + spread * (2 * prng.float() - 1),
        });
      }
    }
  }
  return sites;
}

function makeProducts(regions: number, parties: readonly ItemParty[]): ItemProduct[] {
  const prefixOf = (region: number, role: (typeof ROLES)[number]): string =>
    parties[CARRIERS.length + 1 + region * ROLES.length + ROLES.indexOf(role)]?.companyPrefix ?? '';
  return Array.from({ length: regions * PRODUCTS_A_REGION }, (_, index) => {
    const region = Math.floor(index / PRODUCTS_A_REGION);
    const [raw, name, unitKilograms, unitsPerCase, chilled] = GOODS[
      (index + region) % GOODS.length
    ] as (typeof GOODS)[number];
    const reference = String(index + 1).padStart(5, '0');
    return {
      name: `${name} of ${REGIONS[region]?.[0]} (${raw.toLowerCase()})`,
      ...{ region, unitKilograms, unitsPerCase, chilled },
      rawGtin: gtin(prefixOf(region, 'grower'), reference),
      unitGtin: gtin(prefixOf(region, 'processor'), reference),
      caseGtin: gtin(prefixOf(region, 'packer'), reference, 1),
    };
  });
}

function makeClosures(sites: readonly ItemSite[], from: number, to: number, prng: Prng): PortClosure[] {
  return sites.flatMap(({ kind }, site) => {
    if (kind !== 'port') return [];
    const closures: PortClosure[] = [];
    let begins = from + prng.integer(20, 140) * DAY_MS;
    while (begins < to) {
      const ends = begins + prng.integer(2, 6) * DAY_MS;
      closures.push({ site, from: begins, to: ends });
      begins = ends + prng.integer(90, 200) * DAY_MS;
    }
    return closures;
  });
}

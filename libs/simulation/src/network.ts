import { gln } from '@tallyhouse/epcis';
import type { Prng } from './prng.js';
import type { Partner, PartnerRole, Site, SiteKind } from './world.js';

const PARTNERS: readonly { readonly name: string; readonly role: PartnerRole }[] = [
  { name: 'Meadow Dairy', role: 'maker' },
  { name: 'Brightwell Drinks and Sweets', role: 'maker' },
  { name: 'Harbour Coffee and Home', role: 'maker' },
  { name: 'Crossline Packing and Freight', role: 'carrier' },
  { name: 'Northgate Distribution', role: 'distributor' },
  { name: 'Corner Market', role: 'retailer' },
  { name: 'Day and Night Stores', role: 'retailer' },
];

/** A site before it has an owner's number: [name, kind, partner, country, minutes east of UTC, latitude, longitude]. */
type Place = readonly [string, SiteKind, number, string, number, number, number];

const FIXED_PLACES: readonly Place[] = [
  ['Dairy at Odense', 'plant', 0, 'DK', 60, 55.4, 10.39],
  ['Works at Kaunas', 'plant', 1, 'LT', 120, 54.9, 23.9],
  ['Roastery at Trieste', 'plant', 2, 'IT', 60, 45.65, 13.77],
  ['Cross-dock at Leipzig', 'hub', 3, 'DE', 60, 51.34, 12.37],
  ['Warehouse West at Lille', 'warehouse', 4, 'FR', 60, 50.63, 3.06],
  ['Warehouse East at Brno', 'warehouse', 4, 'CZ', 60, 49.2, 16.61],
];

/** [town, country, minutes east of UTC, latitude, longitude, the warehouse that serves it]. */
const STORE_TOWNS: readonly (readonly [string, string, number, number, number, number])[] = [
  ['Reading', 'GB', 0, 51.45, -0.98, 4],
  ['Linz', 'AT', 60, 48.31, 14.29, 5],
  ['Cluj', 'RO', 120, 46.77, 23.6, 5],
  ['Ghent', 'BE', 60, 51.05, 3.72, 4],
  ['Dijon', 'FR', 60, 47.32, 5.04, 4],
  ['Gdynia', 'PL', 60, 54.52, 18.53, 5],
];

/** Index of the hub in the sites of every world. */
export const HUB = 3;
/** Indices of the two warehouses. */
export const WAREHOUSES: readonly number[] = [4, 5];
/** Index of the first store; all sites from here on are stores. */
export const FIRST_STORE = 6;
/** Index of the first of the two retailers. */
const FIRST_RETAILER = 5;

/** The seven companies, the same in every world. */
export function makePartners(): Partner[] {
  return PARTNERS.map(({ name, role }, index) => {
    const companyPrefix = `952${1_000 + index}`;
    return { name, role, companyPrefix, gln: gln(companyPrefix, '00000') };
  });
}

/** Three plants, a hub, two warehouses and the given number of stores, which belong to the retailers in turn. */
export function makeSites(stores: number, partners: readonly Partner[]): Site[] {
  const places: Place[] = [...FIXED_PLACES];
  for (let index = 0; index < stores; index += 1) places.push(storePlace(index));
  return places.map(([name, kind, partner, country, offsetMinutes, latitude, longitude], index) => ({
    name,
    kind,
    partner,
    gln: gln(partners[partner]?.companyPrefix ?? '', String(index + 1).padStart(5, '0')),
    country,
    offsetMinutes,
    latitude,
    longitude,
  }));
}

/** Relative size of every store, 0.5 to 1.8; 0 for sites that sell nothing. */
export function storeSizes(sites: readonly Site[], prng: Prng): number[] {
  return sites.map(({ kind }) => (kind === 'store' ? Math.round((0.5 + 1.3 * prng.float()) * 100) / 100 : 0));
}

/** The warehouse that serves a store, by site index. */
export function warehouseOf(store: number): number {
  return townOf(store - FIRST_STORE)[5];
}

function storePlace(index: number): Place {
  const [town, country, offset, latitude, longitude] = townOf(index);
  const round = Math.floor(index / STORE_TOWNS.length);
  const name = round === 0 ? `Store at ${town}` : `Store ${round + 1} at ${town}`;
  return [name, 'store', FIRST_RETAILER + (index % 2), country, offset, latitude, longitude];
}

function townOf(index: number): (typeof STORE_TOWNS)[number] {
  return STORE_TOWNS[index % STORE_TOWNS.length] as (typeof STORE_TOWNS)[number];
}

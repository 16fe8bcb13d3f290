import { pgln, sgln } from '@tallyhouse/epcis';
import { scmsCountryCode } from './country-codes.js';
import {
  SCMS_PARTNER,
  scmsGln,
  scmsGtin,
  scmsOrigin,
  scmsProductName,
  type ScmsPlaceKind,
} from './identifiers.js';
import type { ScmsRow } from './row.js';

/** A place of the history, with its derived GLN. */
export interface ScmsSite {
  readonly kind: Exclude<ScmsPlaceKind, 'vendor'>;
  readonly name: string;
  readonly gln: string;
  /** Digital Link, as events name it. */
  readonly uri: string;
  /** ISO 3166-1 alpha-2; of destinations only, since the source has no country of the others. */
  readonly country: string | undefined;
}

/** A seller of the history. All of them are reported by one partner: `partnerGln` is that of the import. */
export interface ScmsVendor {
  readonly name: string;
  readonly gln: string;
  readonly uri: string;
  readonly partnerGln: string;
}

/** A trade item of the history, with its derived GTIN. */
export interface ScmsProduct {
  readonly gtin: string;
  readonly name: string;
  readonly group: string;
  readonly subClassification: string;
  readonly molecule: string;
}

/** Two names that came to the same derived key: their events would be mixed up, so such a file must not be imported. */
export interface ScmsCollision {
  readonly key: string;
  readonly names: readonly [string, string];
}

/** The places that the rows name, each once, in the order of first mention. */
export function scmsSites(rows: Iterable<ScmsRow>): ScmsSite[] {
  const sites = new Map<string, ScmsSite>();
  const add = (kind: ScmsSite['kind'], name: string): void => {
    if (sites.has(`${kind} ${name}`)) return;
    const gln = scmsGln(kind, name);
    const country = kind === 'destination' ? scmsCountryCode(name) : undefined;
    sites.set(`${kind} ${name}`, { kind, name, gln, uri: sgln(gln), country });
  };
  for (const row of rows) {
    const origin = scmsOrigin(row);
    add('manufacturer', row.manufacturingSite);
    if (origin.kind === 'distribution-centre') add('distribution-centre', origin.name);
    add('destination', row.country);
  }
  return [...sites.values()];
}

/** The sellers that the rows name, each once, all mapped to the one partner of the import. */
export function scmsVendors(rows: Iterable<ScmsRow>): ScmsVendor[] {
  const names = new Set([...rows].map(({ vendor }) => vendor));
  return [...names].map((name) => {
    const gln = scmsGln('vendor', name);
    return { name, gln, uri: pgln(gln), partnerGln: SCMS_PARTNER.gln };
  });
}

/** The trade items that the rows name, each once. */
export function scmsProducts(rows: Iterable<ScmsRow>): ScmsProduct[] {
  const products = new Map<string, ScmsProduct>();
  for (const row of rows) {
    const key = scmsProductName(row);
    if (products.has(key)) continue;
    const { itemDescription: name, productGroup: group, subClassification, molecule } = row;
    products.set(key, { gtin: scmsGtin(row), name, group, subClassification, molecule });
  }
  return [...products.values()];
}

/** All pairs of different names with one derived key; to be checked before events are captured. */
export function scmsCollisions(rows: readonly ScmsRow[]): ScmsCollision[] {
  const keyed = [
    ...scmsSites(rows).map(({ gln, kind, name }) => [gln, `${kind} ${name}`] as const),
    ...scmsVendors(rows).map(({ gln, name }) => [gln, `vendor ${name}`] as const),
    ...scmsProducts(rows).map(({ gtin, name }) => [gtin, name] as const),
  ];
  const names = new Map<string, string>();
  const collisions: ScmsCollision[] = [];
  for (const [key, name] of keyed) {
    const other = names.get(key);
    if (other === undefined) names.set(key, name);
    else collisions.push({ key, names: [other, name] });
  }
  return collisions;
}

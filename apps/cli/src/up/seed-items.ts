import { bulkInsert } from '@tallyhouse/database';
import { gtinClass, type EpcisEvent } from '@tallyhouse/epcis';
import type { DataSource } from 'typeorm';
import type { LocalAccounts } from './accounts.js';
import { captureSimulated } from './capture-simulated.js';
import type { LocalItems } from './item-world.js';

/** What a processor makes of a kilogram of raw goods, and a packer of a kilogram of units, at least. */
const LEAST_YIELD = { unit: 0.7, case: 0.98 } as const;

/** Addresses of the companies of an item world; they come behind `firstAccount` companies of another. */
export function itemPartners(
  { members }: LocalItems,
  accounts: LocalAccounts,
  firstAccount: number,
): ReadonlyMap<number, string> {
  return new Map(
    members.map(({ index }, order) => [index, accounts.partner(firstAccount + order).address.toLowerCase()]),
  );
}

/** Names of the places and goods of an item world, and what a piece of them weighs. */
export async function seedItemNames(
  dataSource: DataSource,
  { world }: LocalItems,
  partners: ReadonlyMap<number, string>,
): Promise<void> {
  const ownerOf = (gtin: string): string =>
    partners.get(world.parties.findIndex(({ companyPrefix }) => gtin.slice(1).startsWith(companyPrefix))) ??
    '';
  const sites = world.sites.map(({ uri, name, country, kind, party, latitude, longitude }) => {
    return [uri, name, country, kind, partners.get(party), latitude, longitude];
  });
  const products = world.products.flatMap(({ name, rawGtin, unitGtin, caseGtin }) => [
    [gtinClass(rawGtin), `Raw goods for ${name}`, 'raw goods', ownerOf(rawGtin)],
    [gtinClass(unitGtin), name, 'units', ownerOf(unitGtin)],
    [gtinClass(caseGtin), `Case of ${name}`, 'cases', ownerOf(caseGtin)],
  ]);
  const measures = world.products.flatMap(({ unitGtin, caseGtin, unitKilograms, unitsPerCase }) => [
    [gtinClass(unitGtin), unitKilograms, 'KGM', LEAST_YIELD.unit, 1],
    [gtinClass(caseGtin), unitKilograms * unitsPerCase, 'KGM', LEAST_YIELD.case, 1],
  ]);
  await dataSource.transaction(async (manager) => {
    const [text, number] = ['text', 'float8'];
    const place = { uri: text, name: text, country: text, kind: text, partner: text };
    await bulkInsert(
      manager,
      'site',
      { ...place, latitude: number, longitude: number },
      sites,
      'ON CONFLICT DO NOTHING',
    );
    const product = { uri: text, name: text, product_group: text, partner: text };
    await bulkInsert(manager, 'product_class', product, products, 'ON CONFLICT DO NOTHING');
    const measure = { product: text, net_content: number, uom: text, yield_min: number, yield_max: number };
    await bulkInsert(manager, 'product_measure', measure, measures, 'ON CONFLICT DO NOTHING');
  });
}

/**
 * Captures the events of an item world, each company's as its own documents. What a planted fault makes invalid is
 * refused, as it would be of a real company.
 *
 * @returns how many were stored
 */
export function seedItemEvents(
  dataSource: DataSource,
  { world, endsAt }: LocalItems,
  partners: ReadonlyMap<number, string>,
): Promise<number> {
  const createdAt = new Date(endsAt).toISOString();
  return captureSimulated(dataSource, recordedBy(world, endsAt, partners), {
    createdAt,
    errorBehaviour: 'PROCEED',
  });
}

function* recordedBy(
  world: LocalItems['world'],
  endsAt: number,
  partners: ReadonlyMap<number, string>,
): Generator<{ partner: string; event: EpcisEvent }> {
  for (const { party, recordedAt, event } of world.events()) {
    const partner = partners.get(party);
    if (partner !== undefined && recordedAt < endsAt) yield { partner, event };
  }
}

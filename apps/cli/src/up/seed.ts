import { bulkInsert } from '@tallyhouse/database';
import { gtinClass, sgln } from '@tallyhouse/epcis';
import { digestOf, newSecret, shownPrefix } from '@tallyhouse/identity';
import { events, type SimulatedEvent, type World } from '@tallyhouse/simulation';
import { DataSource } from 'typeorm';
import type { LocalAccounts } from './accounts.js';
import { captureSimulated } from './capture-simulated.js';

/** A plain connection for the command line; our processes have their own. */
export function connect(databaseUrl: string): Promise<DataSource> {
  return new DataSource({ type: 'postgres', url: databaseUrl, logging: false }).initialize();
}

/**
 * Names of the world's sites and products, and a key for each partner's machines.
 *
 * @param others addresses of partners beyond that world, which need a key as well
 * @returns keys by partner address
 */
export async function seedMasterData(
  dataSource: DataSource,
  world: World,
  accounts: LocalAccounts,
  others: readonly string[] = [],
): Promise<Record<string, string>> {
  const partnerOf = (index: number): string => accounts.partner(index).address.toLowerCase();
  const partners = [...world.partners.map((_, index) => partnerOf(index)), ...others];
  const keys = Object.fromEntries(partners.map((partner) => [partner, newSecret('th')]));
  await dataSource.transaction(async (manager) => {
    const sites = world.sites.map((site) => [
      sgln(site.gln),
      site.name,
      site.country,
      site.kind,
      partnerOf(site.partner),
      site.latitude,
      site.longitude,
    ]);
    const columns = {
      ...{ uri: 'text', name: 'text', country: 'text', kind: 'text', partner: 'text' },
      ...{ latitude: 'float8', longitude: 'float8' },
    };
    await bulkInsert(manager, 'site', columns, sites, 'ON CONFLICT DO NOTHING');
    const products = world.products.map((product) => [
      gtinClass(product.gtin),
      product.name,
      product.group,
      partnerOf(world.sites[product.plant]!.partner),
    ]);
    const productColumns = { uri: 'text', name: 'text', product_group: 'text', partner: 'text' };
    await bulkInsert(manager, 'product_class', productColumns, products, 'ON CONFLICT DO NOTHING');
    const rows = Object.entries(keys).map(([partner, key]) => [
      digestOf(key),
      partner,
      'local',
      shownPrefix(key),
    ]);
    const keyColumns = { key_sha256: 'bytea', partner: 'text', label: 'text', prefix: 'text' };
    await bulkInsert(manager, 'partner_key', keyColumns, rows);
  });
  return keys;
}

/** Captures the world's events, each partner's as its own documents, and returns how many were stored. */
export function seedEvents(
  dataSource: DataSource,
  world: World,
  accounts: LocalAccounts,
  onProgress: (stored: number) => void,
): Promise<number> {
  const createdAt = `${world.options.start}T00:00:00Z`;
  return captureSimulated(dataSource, sentBy(world, accounts), {
    createdAt,
    errorBehaviour: 'ROLLBACK',
    onProgress,
  });
}

function* sentBy(
  world: World,
  accounts: LocalAccounts,
): Generator<{ partner: string; event: SimulatedEvent['event'] }> {
  // An address is derived from the phrase, which takes milliseconds: once a partner, not once an event.
  const addresses = world.partners.map((_, index) => accounts.partner(index).address);
  for (const { partner, event } of events(world)) yield { partner: addresses[partner]!, event };
}

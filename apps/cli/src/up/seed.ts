import { createHash } from 'node:crypto';
import { bulkInsert } from '@tallyhouse/database';
import { gtinClass, sgln } from '@tallyhouse/epcis';
import { events, toDocument, type World } from '@tallyhouse/simulation';
import { CaptureService } from '@tallyhouse/supply-chain';
import { DataSource } from 'typeorm';
import { CliError } from '../cli.errors.js';
import type { LocalAccounts } from './accounts.js';
import { newApiKey } from './state-folder.js';

const EVENTS_A_DOCUMENT = 1_000;

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
  const keys = Object.fromEntries(partners.map((partner) => [partner, newApiKey()]));
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
      createHash('sha256').update(key).digest(),
      partner,
      'local',
    ]);
    await bulkInsert(manager, 'partner_key', { key_sha256: 'bytea', partner: 'text', label: 'text' }, rows);
  });
  return keys;
}

/** Captures the world's events, each partner's as its own documents, and returns how many were stored. */
export async function seedEvents(
  dataSource: DataSource,
  world: World,
  accounts: LocalAccounts,
  onProgress: (stored: number) => void,
): Promise<number> {
  const capture = new CaptureService(dataSource);
  const waiting = new Map<number, Parameters<typeof toDocument>[0][number][]>();
  let stored = 0;
  const send = async (partner: number): Promise<void> => {
    const document = toDocument(waiting.get(partner) ?? [], `${world.options.start}T00:00:00Z`);
    const options = { partner: accounts.partner(partner).address, errorBehaviour: 'ROLLBACK' as const };
    const outcome = await capture.capture(document, options);
    if (outcome.state !== 'SUCCEEDED') {
      throw new CliError(
        `capture job ${outcome.id} refused simulated events`,
        'see capture_error; this is a fault of ours',
      );
    }
    waiting.delete(partner);
    stored += outcome.stored;
    onProgress(stored);
  };
  for (const { partner, event } of events(world)) {
    const list = waiting.get(partner) ?? [];
    waiting.set(partner, list);
    list.push(event);
    if (list.length >= EVENTS_A_DOCUMENT) await send(partner);
  }
  for (const partner of [...waiting.keys()]) await send(partner);
  return stored;
}

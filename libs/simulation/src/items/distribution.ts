import type { Prng } from '../prng.js';
import { inspect } from './inspection.js';
import { newUnit } from './production.js';
import { sellAtStore } from './retail.js';
import { around, HOUR_MS, write, type Draft, type Script, type ScriptUnit } from './script.js';
import { travel } from './transport.js';

const OVERSEAS_RATE = 0.4;
/** At a port a pallet is now and then broken open and its cases put on a new one. */
const REPALLET_RATE = 0.1;

/** Pallets go by port to a warehouse, are broken into units for stores, and sold there. */
export function distribute(script: Script, ready: number): void {
  const { network, prng, product } = script;
  const [packer = 0] = network.sitesOf(product.region, 'packer');
  const region = prng.chance(OVERSEAS_RATE)
    ? otherRegion(prng, network.regions, product.region)
    : product.region;
  const route = [network.sitesOf(product.region, 'port')[0] ?? 0];
  if (region !== product.region) route.push(network.sitesOf(region, 'port')[0] ?? 0);
  const warehouse = network.sitesOf(region, 'warehouse')[0] ?? 0;
  route.push(warehouse);
  let at = ready + around(prng, 4 * HOUR_MS);
  let from = packer;
  for (const to of route) {
    const units = script.pallets.map(({ sscc }) => sscc);
    const { receivedAt } = travel(script, at, from, to, units);
    inspect(script, receivedAt + around(prng, 0.7 * HOUR_MS), to, { epcList: units });
    if (to !== warehouse && prng.chance(REPALLET_RATE)) repallet(script, receivedAt, to);
    at = receivedAt + around(prng, 20 * HOUR_MS);
    from = to;
  }
  supplyStores(script, at, warehouse, region);
}

function otherRegion(prng: Prng, regions: number, region: number): number {
  return (region + 1 + prng.integer(0, regions - 2)) % regions;
}

/** Unpacks a unit of cases. */
function unpack(
  script: Script,
  at: number,
  site: number,
  { sscc, cases }: Pick<ScriptUnit, 'sscc' | 'cases'>,
): Draft {
  return write(script, at, site, {
    ...{ type: 'AggregationEvent', action: 'DELETE', bizStep: 'unpacking', disposition: 'in_progress' },
    parentID: sscc,
    childEPCs: [...cases],
  });
}

function pack(script: Script, at: number, site: number, sscc: string, cases: readonly string[]): Draft {
  return write(script, at, site, {
    ...{ type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', disposition: 'in_progress' },
    parentID: sscc,
    childEPCs: [...cases],
  });
}

function repallet(script: Script, receivedAt: number, site: number): void {
  const index = script.prng.integer(0, script.pallets.length - 1);
  const old = script.pallets[index];
  if (!old) return;
  const at = receivedAt + around(script.prng, 3 * HOUR_MS, 0.2);
  unpack(script, at, site, old);
  const sscc = newUnit(script, site);
  const packed = pack(script, at + around(script.prng, 0.5 * HOUR_MS, 0.2), site, sscc, old.cases);
  script.pallets[index] = { ...old, sscc, pack: packed };
}

/** Breaks all pallets and makes one unit a store of cases from all of them. */
function supplyStores(script: Script, arrived: number, warehouse: number, region: number): void {
  const { prng, network } = script;
  const at = arrived + around(prng, 24 * HOUR_MS);
  script.pallets = script.pallets.map((pallet, index) => {
    return {
      ...pallet,
      unpack: unpack(script, at + index * around(prng, 0.5 * HOUR_MS, 0.2), warehouse, pallet),
    };
  });
  const cases = script.pallets.flatMap((pallet) => pallet.cases);
  const stores = network.sitesOf(region, 'store').filter(() => prng.chance(0.65));
  if (stores.length === 0) stores.push(network.sitesOf(region, 'store')[0] ?? 0);
  const shuffled = shuffle(prng, cases);
  const share = Math.ceil(shuffled.length / stores.length);
  stores.forEach((store, index) => {
    const own = shuffled.slice(index * share, (index + 1) * share);
    if (own.length > 0) supplyStore(script, at + around(prng, 8 * HOUR_MS, 0.3), warehouse, store, own);
  });
}

function supplyStore(
  script: Script,
  earliest: number,
  warehouse: number,
  store: number,
  cases: string[],
): void {
  const { prng } = script;
  const lastUnpack = Math.max(...script.pallets.map(({ unpack: { at } }) => at));
  const packedAt = Math.max(earliest, lastUnpack + HOUR_MS);
  const sscc = newUnit(script, warehouse);
  const packed = pack(script, packedAt, warehouse, sscc, cases);
  const { receivedAt } = travel(script, packedAt + around(prng, 3 * HOUR_MS), warehouse, store, [sscc]);
  const opened = receivedAt + around(prng, 2 * HOUR_MS);
  const unpacked = unpack(script, opened, store, { sscc, cases });
  script.storeUnits.push({ sscc, cases, pack: packed, unpack: unpacked, store });
  sellAtStore(script, opened, store, warehouse, cases);
}

function shuffle(prng: Prng, list: readonly string[]): string[] {
  const shuffled = [...list];
  for (let index = shuffled.length - 1; index > 0; index -= 1) {
    const other = prng.integer(0, index);
    [shuffled[index], shuffled[other]] = [shuffled[other]!, shuffled[index]!];
  }
  return shuffled;
}

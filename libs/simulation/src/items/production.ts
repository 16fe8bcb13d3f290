import { lgtin, sgtin, sscc, type QuantityElement } from '@tallyhouse/epcis';
import { isoDate, DAY_MS } from '../calendar.js';
import { inspect } from './inspection.js';
import { around, HOUR_MS, kilograms, pick, siteOf, write, type Script } from './script.js';
import { travel } from './transport.js';

const PALLETS = [2, 3] as const;
const CASES = [8, 11] as const;
const REWORK_RATE = 0.05;
const CERTIFIED_RATE = 0.3;

/** Digital Link of a new logistic unit of the owner of a site. */
export function newUnit(script: Script, site: number): string {
  const { companyPrefix } = script.network.parties[siteOf(script, site).party] ?? { companyPrefix: '' };
  return sscc(companyPrefix, String(script.nextNumber() % 1_000_000_000).padStart(9, '0'), 1);
}

/** Farms harvest, the processor makes a lot of it, the packer puts it in cases on pallets. @returns when they are ready */
export function produce(script: Script, start: number): number {
  const { prng, network, product } = script;
  const [processor = 0] = network.sitesOf(product.region, 'processor');
  const [packer = 0] = network.sitesOf(product.region, 'packer');
  const pallets = prng.integer(...PALLETS);
  const counts = Array.from({ length: pallets }, () => prng.integer(...CASES));
  const units = counts.reduce((sum, count) => sum + count, 0) * product.unitsPerCase;
  const raw = harvest(script, start, processor, units * product.unitKilograms);
  const lots = processLot(script, raw.ready, processor, raw.lots, units);
  const arrived = moveLots(script, lots, processor, packer);
  let at = arrived + around(prng, 5 * HOUR_MS);
  for (const count of counts) {
    packPallet(script, at, packer, count, lots);
    at += around(prng, HOUR_MS, 0.2);
  }
  return at;
}

interface MadeLots {
  readonly ready: number;
  readonly lots: { readonly uri: string; left: number }[];
}

/** One or two farms harvest enough, with what is lost on the way, and send it in bins. */
function harvest(script: Script, start: number, processor: number, needed: number): MadeLots {
  const { prng, network, product } = script;
  const farms = network.sitesOf(product.region, 'farm');
  const count = prng.chance(0.35) ? 2 : 1;
  const weight = needed / (0.78 + 0.12 * prng.float()) / count;
  const lots: { uri: string; left: number }[] = [];
  let ready = start;
  for (let index = 0; index < count; index += 1) {
    const farm = farms[(prng.integer(0, 99) + index) % farms.length] ?? 0;
    const lot = `H${script.nextNumber()}`;
    const uri = lgtin(product.rawGtin, lot);
    const at = start + around(prng, 2 * HOUR_MS);
    const certified = prng.chance(CERTIFIED_RATE)
      ? {
          certificationInfo: `https://certificates.example/organic/${network.parties[siteOf(script, farm).party]?.gln}`,
        }
      : {};
    const quantity = kilograms(uri, weight);
    script.harvests.push(
      write(script, at, farm, {
        ...{ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', disposition: 'active' },
        quantityList: [quantity],
        ilmd: { 'cbvmda:lotNumber': lot, 'cbvmda:harvestStartDate': isoDate(Math.floor(at / DAY_MS)) },
        ...certified,
      }),
    );
    ready = Math.max(ready, moveBin(script, at, farm, processor, quantity));
    lots.push({ uri, left: quantity.quantity ?? 0 });
  }
  return { ready, lots };
}

/** Puts an amount into a bin, moves it and takes it out again. @returns when it is out */
function moveBin(script: Script, at: number, from: number, to: number, quantity: QuantityElement): number {
  const { prng } = script;
  const bin = newUnit(script, from);
  const body = {
    type: 'AggregationEvent',
    parentID: bin,
    childQuantityList: [quantity],
    disposition: 'in_progress',
  };
  const packed = at + around(prng, HOUR_MS);
  script.binPacks.push(write(script, packed, from, { ...body, action: 'ADD', bizStep: 'packing' }));
  const { receivedAt } = travel(script, packed + around(prng, 2 * HOUR_MS), from, to, [bin]);
  const out = receivedAt + around(prng, HOUR_MS);
  write(script, out, to, { ...body, action: 'DELETE', bizStep: 'unpacking' });
  return out;
}

/** Makes a lot of units out of the raw lots; now and then a part of it is worked over into a second lot. */
function processLot(
  script: Script,
  ready: number,
  processor: number,
  raw: MadeLots['lots'],
  units: number,
): { uri: string; left: number }[] {
  const { prng, product } = script;
  const at = ready + around(prng, 9 * HOUR_MS);
  const lot = `P${script.nextNumber()}`;
  const uri = lgtin(product.unitGtin, lot);
  const make = (when: number, inputs: QuantityElement[], output: QuantityElement, number: string) =>
    write(script, when, processor, {
      type: 'TransformationEvent',
      ...{ bizStep: 'commissioning', disposition: 'active' },
      inputQuantityList: inputs,
      outputQuantityList: [output],
      ilmd: { 'cbvmda:lotNumber': number },
    });
  const inputs = raw.map(({ uri: rawUri, left }) => kilograms(rawUri, left));
  script.process = make(at, inputs, { epcClass: uri, quantity: units }, lot);
  inspect(script, at + around(prng, HOUR_MS), processor, {
    quantityList: [{ epcClass: uri, quantity: units }],
  });
  if (!prng.chance(REWORK_RATE)) return [{ uri, left: units }];
  const taken = Math.max(product.unitsPerCase, Math.round(units * 0.15));
  const second = `P${script.nextNumber()}`;
  const secondUri = lgtin(product.unitGtin, second);
  const given = Math.round(taken * 0.92);
  make(
    at + around(prng, 6 * HOUR_MS),
    [{ epcClass: uri, quantity: taken }],
    { epcClass: secondUri, quantity: given },
    second,
  );
  return [
    { uri, left: units - taken },
    { uri: secondUri, left: given },
  ];
}

function moveLots(script: Script, lots: MadeLots['lots'], processor: number, packer: number): number {
  let arrived = 0;
  const start = Math.max(...script.drafts.filter(({ site }) => site === processor).map(({ at }) => at));
  for (const { uri, left } of lots) {
    const out = moveBin(script, start + around(script.prng, 3 * HOUR_MS), processor, packer, {
      epcClass: uri,
      quantity: left,
    });
    arrived = Math.max(arrived, out);
  }
  return arrived;
}

/** Commissions the cases of a pallet out of the lots, as far as they go, and packs them. */
function packPallet(script: Script, at: number, packer: number, count: number, lots: MadeLots['lots']): void {
  const { prng, product } = script;
  const lot = pick(
    prng,
    lots.filter(({ left }) => left >= product.unitsPerCase),
  );
  if (!lot) return;
  const made = Math.min(count, Math.floor(lot.left / product.unitsPerCase));
  lot.left -= made * product.unitsPerCase;
  const cases = Array.from({ length: made }, () => sgtin(product.caseGtin, `C${script.nextNumber()}`));
  script.casing.push(
    write(script, at, packer, {
      type: 'TransformationEvent',
      ...{ bizStep: 'commissioning', disposition: 'active' },
      inputQuantityList: [{ epcClass: lot.uri, quantity: made * product.unitsPerCase }],
      outputEPCList: [...cases],
      ilmd: { 'cbvmda:lotNumber': lot.uri.slice(lot.uri.lastIndexOf('/') + 1) },
    }),
  );
  const unit = newUnit(script, packer);
  const pack = write(script, at + around(prng, 0.5 * HOUR_MS, 0.2), packer, {
    ...{ type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', disposition: 'in_progress' },
    parentID: unit,
    childEPCs: [...cases],
  });
  script.pallets.push({ sscc: unit, cases, pack, unpack: pack });
}

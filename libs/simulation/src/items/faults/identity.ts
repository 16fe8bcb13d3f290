import { sgtin } from '@tallyhouse/epcis';
import { DAY_MS } from '../../calendar.js';
import { destroy, saleOf } from '../retail.js';
import { HOUR_MS, pick, write, type Script, type ScriptUnit } from '../script.js';
import { farSite } from '../transport.js';
import { shadow, type Deed, type Fault } from './fault.js';

/** Time in which a missing record may still arrive, and a day more. */
const RECORD_WAIT_MS = 5 * DAY_MS;
const CLUSTER = 3;

/** Faults of what an item is: never made, made twice, dead and alive, wrongly numbered. */
export const IDENTITY_FAULTS: readonly Fault[] = [
  { rule: 'R1', kind: 'case slipped into a pallet', commit: strayCase },
  { rule: 'R1', kind: 'raw lot from nowhere', commit: lotFromNowhere },
  { rule: 'R3', kind: 'serial printed again', commit: printedAgain },
  { rule: 'R3', kind: 'sold twice', commit: soldTwice },
  { rule: 'R4', kind: 'clone sold far away', commit: cloneFarAway },
  { rule: 'R7', kind: 'destroyed case sold', commit: destroyedAndSold },
  { rule: 'R13', kind: 'serials of another company', commit: foreignSerials },
  { rule: 'R15', kind: 'pallet with several strays', commit: badPallet },
];

function stray(script: Script): string {
  return sgtin(script.product.caseGtin, `X${script.nextNumber()}${script.prng.integer(10, 99)}`);
}

function palletWithCases(script: Script, least: number): ScriptUnit | undefined {
  return pick(
    script.prng,
    script.pallets.filter(({ cases }) => cases.length >= least),
  );
}

function strayCase(script: Script): Deed | undefined {
  const sibling = pick(script.prng, palletWithCases(script, 1)?.cases ?? []);
  if (sibling === undefined) return undefined;
  return { evidence: shadow(script, sibling, stray(script)).slice(0, 3), waitMs: RECORD_WAIT_MS };
}

function lotFromNowhere(script: Script): Deed | undefined {
  const harvest = pick(script.prng, script.harvests);
  const lot = harvest?.event.quantityList?.[0]?.epcClass;
  const packed = script.binPacks.find(({ event }) => event.childQuantityList?.[0]?.epcClass === lot);
  if (!harvest || !packed) return undefined;
  script.drafts = script.drafts.filter((draft) => draft !== harvest);
  return { evidence: [packed], also: ['R6'], waitMs: RECORD_WAIT_MS };
}

function printedAgain(script: Script): Deed | undefined {
  const made = pick(script.prng, script.casing);
  const item = pick(script.prng, made?.event.outputEPCList ?? []);
  if (!made || item === undefined || made.site === undefined) return undefined;
  const again = write(script, made.at + 10 * 60_000, made.site, {
    ...{
      type: 'ObjectEvent',
      action: 'ADD',
      bizStep: 'commissioning',
      disposition: 'active',
      epcList: [item],
    },
    ilmd: { ...made.event.ilmd },
  });
  return { evidence: [again, made], also: ['R5'] };
}

function soldCase(script: Script): { item: string; unit: Script['storeUnits'][number] } | undefined {
  const unit = pick(
    script.prng,
    script.storeUnits.filter(({ cases }) => cases.some((item) => script.sales.has(item))),
  );
  const item = pick(script.prng, unit?.cases.filter((each) => script.sales.has(each)) ?? []);
  return unit && item !== undefined ? { item, unit } : undefined;
}

function soldTwice(script: Script): Deed | undefined {
  const sold = soldCase(script);
  const sale = sold && script.sales.get(sold.item);
  if (!sold || !sale) return undefined;
  const again = saleOf(script, sale.at + script.prng.integer(30, 200) * HOUR_MS, sold.unit.store, sold.item);
  return { evidence: [again, sale], also: ['R5'], waitMs: RECORD_WAIT_MS };
}

function cloneFarAway(script: Script): Deed | undefined {
  const sold = soldCase(script);
  const sale = sold && script.sales.get(sold.item);
  const far = sold && farSite(script, sold.unit.store, 4_000);
  if (!sold || !sale || far === undefined) return undefined;
  const clone = saleOf(script, sale.at + script.prng.integer(30, 150) * 60_000, far, sold.item);
  return { evidence: [clone, sale], also: ['R3', 'R5'] };
}

function destroyedAndSold(script: Script): Deed | undefined {
  const sold = soldCase(script);
  const sale = sold && script.sales.get(sold.item);
  if (!sold || !sale || sale.at - sold.unit.unpack.at < 8 * HOUR_MS) return undefined;
  const middle = sold.unit.unpack.at + (sale.at - sold.unit.unpack.at) * (0.3 + 0.4 * script.prng.float());
  const early = script.drafts.some(
    ({ at, event }) => at > middle && at < sale.at && event.epcList?.includes(sold.item),
  );
  if (early) return undefined;
  const end = destroy(script, Math.round(middle), sold.unit.store, [sold.item]);
  return { evidence: [sale, end], also: ['R5'] };
}

function foreignSerials(script: Script): Deed | undefined {
  const { network, product, prng } = script;
  const foreign = pick(
    prng,
    network.products.filter(({ region }) => region !== product.region),
  );
  const made = pick(prng, script.casing);
  if (!foreign || !made || made.site === undefined) return undefined;
  const epcList = [1, 2].map(() => sgtin(foreign.caseGtin, `F${script.nextNumber()}`));
  const born = write(script, made.at + 2 * HOUR_MS, made.site, {
    ...{ type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', disposition: 'active', epcList },
    ilmd: { ...made.event.ilmd },
  });
  return { evidence: [born] };
}

function badPallet(script: Script): Deed | undefined {
  const siblings = palletWithCases(script, CLUSTER + 3)?.cases.slice(0, CLUSTER);
  if (!siblings) return undefined;
  const along = siblings.flatMap((sibling) => shadow(script, sibling, stray(script)));
  const packings = along.filter(({ event }) => event.type === 'AggregationEvent' && event.action === 'ADD');
  const evidence = [...new Set(packings)].sort((a, b) => a.at - b.at);
  return { evidence, also: ['R1'], waitMs: RECORD_WAIT_MS };
}

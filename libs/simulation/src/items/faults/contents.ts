import { sgtin } from '@tallyhouse/epcis';
import { DAY_MS } from '../../calendar.js';
import { pick, write, HOUR_MS, type Script } from '../script.js';
import { shadow, type Deed, type Fault } from './fault.js';

/** Time in which a missing record may still arrive, and a day more. */
const RECORD_WAIT_MS = 5 * DAY_MS;

/** Faults of what is in what, and of how much there is. */
export const CONTENT_FAULTS: readonly Fault[] = [
  { rule: 'R6', kind: 'stretched in processing', commit: stretched },
  { rule: 'R6', kind: 'lot spent twice', commit: spentTwice },
  { rule: 'R8', kind: 'case packed into a second pallet', commit: packedTwice },
  { rule: 'R8', kind: 'case sold out of a sealed unit', commit: soldFromSealed },
];

function stretched(script: Script): Deed | undefined {
  const output = script.process?.event.outputQuantityList?.[0];
  if (!script.process || output?.quantity === undefined) return undefined;
  output.quantity = Math.round(output.quantity * (1.45 + 0.5 * script.prng.float()));
  return { evidence: [script.process] };
}

/** More cases are made of a lot than it has units for, a fifth more at least; they go along with the others. */
function spentTwice(script: Script): Deed | undefined {
  const { prng, product } = script;
  const made = script.casing.at(-1);
  const lot = made?.event.inputQuantityList?.[0]?.epcClass;
  const siblings = made?.event.outputEPCList;
  if (!made || lot === undefined || !siblings || made.site === undefined) return undefined;
  const moved = script.binPacks.flatMap(({ event }) => event.childQuantityList ?? []);
  const had = moved.find(({ epcClass }) => epcClass === lot)?.quantity ?? 0;
  const used = script.casing
    .flatMap(({ event }) => event.inputQuantityList ?? [])
    .filter(({ epcClass }) => epcClass === lot)
    .reduce((sum, { quantity }) => sum + (quantity ?? 0), 0);
  const extra = Math.max(2, Math.ceil((had - used + 0.2 * had) / product.unitsPerCase));
  const cases = Array.from({ length: extra }, () => sgtin(product.caseGtin, `C${script.nextNumber()}`));
  for (const item of cases) shadow(script, pick(prng, siblings) ?? '', item);
  const more = write(script, made.at + 0.1 * HOUR_MS, made.site, {
    type: 'TransformationEvent',
    ...{ bizStep: 'commissioning', disposition: 'active' },
    inputQuantityList: [{ epcClass: lot, quantity: extra * product.unitsPerCase }],
    outputEPCList: cases,
    ilmd: { ...made.event.ilmd },
  });
  return { evidence: [more, made], waitMs: RECORD_WAIT_MS };
}

function packedTwice(script: Script): Deed | undefined {
  const [first, second] = script.pallets;
  const item = pick(script.prng, first?.cases ?? []);
  if (!first || !second || item === undefined || first.pack.site !== second.pack.site) return undefined;
  const [early, late] = first.pack.at < second.pack.at ? [first, second] : [second, first];
  const inBoth = pick(script.prng, early.cases);
  if (inBoth === undefined) return undefined;
  late.pack.event.childEPCs = [...(late.pack.event.childEPCs ?? []), inBoth];
  return { evidence: [late.pack, early.pack], also: ['R5'], waitMs: RECORD_WAIT_MS };
}

/** The store opens the unit without this case, and sells it all the same. */
function soldFromSealed(script: Script): Deed | undefined {
  const unit = pick(
    script.prng,
    script.storeUnits.filter(({ cases }) => cases.length > 1),
  );
  const item = pick(script.prng, unit?.cases.filter((each) => script.sales.has(each)) ?? []);
  if (!unit || item === undefined) return undefined;
  unit.unpack.event.childEPCs = (unit.unpack.event.childEPCs ?? []).filter((each) => each !== item);
  const handled = script.drafts
    .filter(({ event, site }) => site === unit.store && event.epcList?.includes(item))
    .sort((a, b) => a.at - b.at);
  return { evidence: [...handled.slice(0, 1), unit.pack], also: ['R5'], waitMs: RECORD_WAIT_MS };
}

import type { Random } from '@tallyhouse/compute';
import { gtin, lgtin, normalizeIdentifier, sgln, sgtin, sscc, type EpcisEvent } from '@tallyhouse/epcis';

const START_MS = Date.UTC(2026, 0, 5);
const GTINS = ['01234', '01235', '01236'].map((reference) => gtin('9521141', reference));
export const SITES = ['9521141000014', '9521141000021', '9521141000038', '9521141000045'].map((gln) =>
  normalizeIdentifier(sgln(gln)),
);

/**
 * Any events whatever, in order of time: things that are packed while packed elsewhere, made of themselves, read where
 * they cannot be. A trace must be right on those too.
 */
export function randomEvents(random: Random, count: number): EpcisEvent[] {
  return Array.from({ length: count }, (_, index) => {
    const when = {
      eventTime: new Date(START_MS + index * 60_000).toISOString(),
      eventTimeZoneOffset: '+00:00',
      readPoint: { id: SITES[random.below(SITES.length)]! },
    };
    return sound({ ...KINDS[random.below(KINDS.length)]!(random), ...when } as EpcisEvent);
  });
}

/** Without what capture refuses: a parent in itself, an output that is an input. */
function sound(event: EpcisEvent): EpcisEvent {
  const {
    parentID,
    childEPCs,
    inputEPCList = [],
    outputEPCList,
    inputQuantityList = [],
    outputQuantityList,
  } = event;
  const used = new Set([...inputEPCList, ...inputQuantityList.map(({ epcClass }) => epcClass)]);
  const spare = normalizeIdentifier(sgtin(GTINS[0]!, 'SPARE'));
  const without = (list: string[], isWrong: (uri: string) => boolean): string[] => {
    const left = list.filter((uri) => !isWrong(uri));
    return left.length > 0 ? left : [spare];
  };
  return {
    ...event,
    ...(childEPCs ? { childEPCs: without(childEPCs, (uri) => uri === parentID) } : {}),
    ...(outputEPCList ? { outputEPCList: without(outputEPCList, (uri) => used.has(uri)) } : {}),
    ...(outputQuantityList
      ? { outputQuantityList: outputQuantityList.filter(({ epcClass }) => !used.has(epcClass)) }
      : {}),
  };
}

export function anyItem(random: Random): string {
  return [serial, serial, lot, pallet][random.below(4)]!(random);
}

function serial(random: Random): string {
  return normalizeIdentifier(sgtin(GTINS[random.below(3)]!, `S${random.below(60)}`));
}

function lot(random: Random): string {
  return normalizeIdentifier(lgtin(GTINS[random.below(3)]!, `L${random.below(12)}`));
}

function pallet(random: Random): string {
  return normalizeIdentifier(sscc('9521141', String(random.below(30)).padStart(9, '0')));
}

function some(random: Random, of: (random: Random) => string): string[] {
  return [...new Set(Array.from({ length: 1 + random.below(3) }, () => of(random)))];
}

function amounts(random: Random): { epcClass: string; quantity: number }[] {
  return some(random, lot).map((epcClass) => ({ epcClass, quantity: 1 + random.below(9) }));
}

const KINDS: readonly ((random: Random) => Partial<EpcisEvent>)[] = [
  packing,
  packing,
  (random) => ({
    type: 'TransformationEvent',
    inputEPCList: some(random, random.below(3) === 0 ? pallet : serial),
    ...(random.below(2) === 0 ? { inputQuantityList: amounts(random) } : {}),
    outputEPCList: some(random, serial),
    ...(random.below(2) === 0 ? { outputQuantityList: amounts(random) } : {}),
  }),
  (random) => ({
    ...{
      type: 'ObjectEvent',
      action: 'OBSERVE',
      bizStep: ['shipping', 'receiving', 'inspecting'][random.below(3)]!,
    },
    ...{ epcList: some(random, pallet), quantityList: amounts(random) },
  }),
];

function packing(random: Random): Partial<EpcisEvent> {
  const action = (['ADD', 'ADD', 'OBSERVE', 'DELETE'] as const)[random.below(4)]!;
  const empties = action === 'DELETE' && random.below(3) === 0;
  return {
    type: 'AggregationEvent',
    action,
    parentID: pallet(random),
    ...(empties ? {} : { childEPCs: some(random, random.below(3) === 0 ? pallet : serial) }),
    ...(empties || random.below(3) > 0 ? {} : { childQuantityList: amounts(random) }),
  };
}

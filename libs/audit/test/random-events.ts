import { gtin, lgtin, normalizeIdentifier, sgln, sgtin, sscc, type EpcisEvent } from '@tallyhouse/epcis';

/** Whole numbers below a bound, the same for the same seed (Park and Miller's minimal standard). */
export type Random = (below: number) => number;

export function seeded(seed: number): Random {
  let state = (seed % 2_147_483_646) + 1;
  return (below) => (state = (state * 48_271) % 2_147_483_647) % below;
}

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
      readPoint: { id: SITES[random(SITES.length)]! },
    };
    return sound({ ...KINDS[random(KINDS.length)]!(random), ...when } as EpcisEvent);
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
  return [serial, serial, lot, pallet][random(4)]!(random);
}

function serial(random: Random): string {
  return normalizeIdentifier(sgtin(GTINS[random(3)]!, `S${random(60)}`));
}

function lot(random: Random): string {
  return normalizeIdentifier(lgtin(GTINS[random(3)]!, `L${random(12)}`));
}

function pallet(random: Random): string {
  return normalizeIdentifier(sscc('9521141', String(random(30)).padStart(9, '0')));
}

function some(random: Random, of: (random: Random) => string): string[] {
  return [...new Set(Array.from({ length: 1 + random(3) }, () => of(random)))];
}

function amounts(random: Random): { epcClass: string; quantity: number }[] {
  return some(random, lot).map((epcClass) => ({ epcClass, quantity: 1 + random(9) }));
}

const KINDS: readonly ((random: Random) => Partial<EpcisEvent>)[] = [
  packing,
  packing,
  (random) => ({
    type: 'TransformationEvent',
    inputEPCList: some(random, random(3) === 0 ? pallet : serial),
    ...(random(2) === 0 ? { inputQuantityList: amounts(random) } : {}),
    outputEPCList: some(random, serial),
    ...(random(2) === 0 ? { outputQuantityList: amounts(random) } : {}),
  }),
  (random) => ({
    ...{
      type: 'ObjectEvent',
      action: 'OBSERVE',
      bizStep: ['shipping', 'receiving', 'inspecting'][random(3)]!,
    },
    ...{ epcList: some(random, pallet), quantityList: amounts(random) },
  }),
];

function packing(random: Random): Partial<EpcisEvent> {
  const action = (['ADD', 'ADD', 'OBSERVE', 'DELETE'] as const)[random(4)]!;
  const empties = action === 'DELETE' && random(3) === 0;
  return {
    type: 'AggregationEvent',
    action,
    parentID: pallet(random),
    ...(empties ? {} : { childEPCs: some(random, random(3) === 0 ? pallet : serial) }),
    ...(empties || random(3) > 0 ? {} : { childQuantityList: amounts(random) }),
  };
}

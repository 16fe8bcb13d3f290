import { lgtin, gtin, normalizeIdentifier, sgln, gln, sgtin, sscc, type EpcisEvent } from '@tallyhouse/epcis';
import type { Random } from '@tallyhouse/compute';

/** How wide each level of the supply network is. */
export interface GraphShape {
  /** Steps of making one after the other; each is two edges. */
  readonly stages: number;
  readonly lotsAStage: number;
  /** Inputs of a transformation, 1 to this. */
  readonly maxInputs: number;
}

const PREFIX = '9521141';
const GTINS = Array.from({ length: 40 }, (_, product) => gtin(PREFIX, String(10_000 + product)));
const SITES = Array.from({ length: 200 }, (_, site) =>
  normalizeIdentifier(sgln(gln(PREFIX, String(10_000 + site)))),
);
const START_MS = Date.UTC(2025, 0, 1);
const STEP_MS = 7 * 86_400_000;

/**
 * Events of a network in which a lot is made of lots of the stage before, is packed with others on a pallet, shipped,
 * received and unpacked, and at the end becomes serials in cases on pallets. Ties between stages are drawn at random, so
 * the reach of a lot grows as its goods spread.
 */
export function* networkEvents(
  random: Random,
  { stages, lotsAStage, maxInputs }: GraphShape,
): Iterable<EpcisEvent> {
  for (let stage = 0; stage < stages; stage++) {
    for (let index = 0; index < lotsAStage; index++) {
      const base = START_MS + stage * STEP_MS + index * 1_000;
      const at = (hours: number, site: string) => ({
        eventTime: new Date(base + hours * 3_600_000).toISOString(),
        eventTimeZoneOffset: '+00:00',
        readPoint: { id: site },
      });
      const made = lotOf(stage, index);
      const [from, to] = [SITES[random.below(SITES.length)]!, SITES[random.below(SITES.length)]!];
      if (stage > 0) yield making(random, stage, index, lotsAStage, maxInputs, at(0, from));
      const pallet = sscc(PREFIX, String(stage * lotsAStage + index).padStart(9, '0'));
      const content = { childQuantityList: [{ epcClass: made, quantity: 100, uom: 'KGM' }] };
      yield { ...at(1, from), type: 'AggregationEvent', action: 'ADD', parentID: pallet, ...content };
      yield {
        ...at(2, from),
        type: 'ObjectEvent',
        action: 'OBSERVE',
        bizStep: 'shipping',
        epcList: [pallet],
        destinationList: [{ type: 'location', destination: to }],
      };
      yield {
        ...at(30, to),
        type: 'ObjectEvent',
        action: 'OBSERVE',
        bizStep: 'receiving',
        epcList: [pallet],
      };
      yield { ...at(31, to), type: 'AggregationEvent', action: 'DELETE', parentID: pallet, ...content };
      if (stage === stages - 1) yield serials(index, made, at(40, to));
    }
  }
}

function making(
  random: Random,
  stage: number,
  index: number,
  lotsAStage: number,
  maxInputs: number,
  when: Pick<EpcisEvent, 'eventTime' | 'eventTimeZoneOffset' | 'readPoint'>,
): EpcisEvent {
  const inputs = Array.from({ length: 1 + random.below(maxInputs) }, () =>
    lotOf(stage - 1, random.below(lotsAStage)),
  );
  return {
    ...when,
    type: 'TransformationEvent',
    inputQuantityList: [...new Set(inputs)].map((epcClass) => ({ epcClass, quantity: 100, uom: 'KGM' })),
    outputQuantityList: [{ epcClass: lotOf(stage, index), quantity: 90, uom: 'KGM' }],
  };
}

function serials(index: number, lot: string, when: object): EpcisEvent {
  const epcList = Array.from({ length: 8 }, (_, piece) =>
    sgtin(GTINS[index % GTINS.length]!, `S${index}x${piece}`),
  );
  return {
    ...(when as Pick<EpcisEvent, 'eventTime' | 'eventTimeZoneOffset'>),
    ...{ type: 'TransformationEvent', inputQuantityList: [{ epcClass: lot, quantity: 90, uom: 'KGM' }] },
    outputEPCList: epcList,
  };
}

/** The lot made in a stage; stage 0 is raw material. */
export function lotOf(stage: number, index: number): string {
  return lgtin(GTINS[(stage * 7 + index) % GTINS.length]!, `T${stage}-${index}`);
}

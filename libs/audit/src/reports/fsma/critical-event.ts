import type { EpcisEvent, JsonObject } from '@tallyhouse/epcis';
import { cbvWord } from '../../engine/fact.js';
import { masterWords } from './master-words.js';

/** Critical tracking events of the Food Traceability Rule (21 CFR 1.1310). */
export type CriticalTrackingEvent =
  | 'Harvesting'
  | 'Cooling'
  | 'Initial packing'
  | 'First land-based receiving'
  | 'Shipping'
  | 'Receiving'
  | 'Transformation';

/** Names under which master data says when and where goods grew. */
export const HARVEST_DATES = {
  start: ['harvestStartDate', 'harvestDateStart'],
  end: ['harvestEndDate', 'harvestDateEnd'],
} as const;
export const GROWING_AREAS = ['growingArea', 'growingAreaName', 'fieldName', 'farmID'] as const;
/** Names under which it says where fish was caught, and what fish it is. */
export const CATCH_AREAS = ['catchZone', 'catchArea', 'economicZoneCode'] as const;
export const SPECIES = [
  ...['fishType', 'speciesName', 'scientificName'],
  ...['speciesForFisheryStatisticsPurposesName', 'speciesForFisheryStatisticsPurposesCode'],
] as const;

/** Steps that an event of the sheet may have; what each of them is, {@link criticalTrackingEvent} says. */
export const STEPS_OF_THE_SHEET =
  'shipping|receiving|packing|commissioning|creating_class_instance|harvest|cooling|landing|other$';

/**
 * The critical tracking event that an EPCIS event is, by its own words and the kind of place it is from; undefined for
 * what the rule does not ask for. A transformation of goods as they were harvested is their initial packing, which
 * only who knows the goods can say.
 *
 * Follows the GS1 US recommendations for EPCIS and FSMA 204 (release 2.0), in which cooling is the step `other` with
 * a temperature, since CBV 2.0 has no step for it.
 *
 * @param isFarm whether the place is known to be a farm
 */
export function criticalTrackingEvent(event: EpcisEvent, isFarm: boolean): CriticalTrackingEvent | undefined {
  const step = cbvWord(event.bizStep) ?? '';
  if (event.type === 'TransformationEvent') return 'Transformation';
  if (event.type !== 'ObjectEvent' && event.type !== 'AggregationEvent') return undefined;
  if (step === 'shipping') return 'Shipping';
  if (step === 'receiving') return 'Receiving';
  if (event.type === 'AggregationEvent') return undefined;
  if (/harvest/i.test(step)) return 'Harvesting';
  if (/cooling/i.test(step) || (step === 'other' && hasTemperature(event))) return 'Cooling';
  if (/landing$/i.test(step)) return 'First land-based receiving';
  return event.action === 'ADD' ? beginning(event, step, isFarm) : undefined;
}

function beginning({ ilmd, quantityList }: EpcisEvent, step: string, isFarm: boolean) {
  if (step === 'packing') return 'Initial packing';
  if (step !== 'commissioning' && step !== 'creating_class_instance') return undefined;
  if (hasAny(ilmd, [...CATCH_AREAS, ...SPECIES])) return 'First land-based receiving';
  const isHarvest =
    isFarm ||
    step === 'creating_class_instance' ||
    hasAny(ilmd, [...HARVEST_DATES.start, ...HARVEST_DATES.end, ...GROWING_AREAS]);
  if (isHarvest) return 'Harvesting';
  // A lot that begins without inputs was made here; single pieces that get a number were made before.
  return (quantityList ?? []).length > 0 ? 'Transformation' : undefined;
}

function hasTemperature({ sensorElementList }: EpcisEvent): boolean {
  return (sensorElementList ?? []).some(({ sensorReport }) =>
    sensorReport.some(({ type }) => /(^|[:/])Temperature$/.test(type)),
  );
}

function hasAny(ilmd: JsonObject | undefined, names: readonly string[]): boolean {
  return masterWords(ilmd, names).length > 0;
}

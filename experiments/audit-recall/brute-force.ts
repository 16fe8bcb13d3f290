import type { RecallCriteria } from '@tallyhouse/audit';
import type { EpcisEvent } from '@tallyhouse/epcis';
import { taintOf } from '../../libs/audit/test/taint.js';

/** What a recall is about, worked out from the events alone: no graph, no database, every event played in order. */
export function affectedByPlaying(criteria: RecallCriteria, events: readonly EpcisEvent[]): string[] {
  const starts = [...(criteria.items ?? []), ...handledUnder(criteria, events)];
  return [...taintOf(starts, events).items].sort();
}

function handledUnder(
  { products, sites, from, to }: RecallCriteria,
  events: readonly EpcisEvent[],
): string[] {
  if (!products && !sites) return [];
  return events
    .filter(({ eventTime, readPoint, bizLocation }) => {
      const time = new Date(eventTime);
      const there = !sites || sites.some((site) => site === readPoint?.id || site === bizLocation?.id);
      return there && (!from || from <= time) && (!to || time < to);
    })
    .flatMap(namedBy)
    .filter(
      (uri) => !products || products.some((product) => uri === product || uri.startsWith(`${product}/`)),
    );
}

/** Every item, lot and unit that an event names. */
export function namedBy(event: EpcisEvent): string[] {
  const { quantityList, childQuantityList, inputQuantityList, outputQuantityList } = event;
  const amounts = [quantityList, childQuantityList, inputQuantityList, outputQuantityList];
  const { epcList, childEPCs, inputEPCList, outputEPCList, parentID } = event;
  return [
    ...[epcList, childEPCs, inputEPCList, outputEPCList].flatMap((list) => list ?? []),
    ...(parentID === undefined ? [] : [parentID]),
    ...amounts.flatMap((list) => (list ?? []).map(({ epcClass }) => epcClass)),
  ];
}

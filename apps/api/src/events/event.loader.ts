import type { CorrectionReader, EventReader } from '@tallyhouse/supply-chain';
import { manyByKey, oneByKey, type LoaderOptions } from '../shared/relay/loading.js';

/** Reads what belongs to events, once for all events of a request. */
export function eventLoaders(events: EventReader, corrections: CorrectionReader, options: LoaderOptions) {
  return {
    event: oneByKey(
      (ids) => events.byIds(ids),
      (row) => row.id,
      options,
    ),
    eventItems: manyByKey(
      (ids) => events.items(ids),
      (row) => row.eventId,
      options,
    ),
    eventCorrections: manyByKey(
      (ids) => corrections.ofEvents(ids),
      (row) => row.eventId,
      options,
    ),
    eventCorrects: manyByKey(
      (ids) => corrections.byEvents(ids),
      (row) => row.by,
      options,
    ),
    eventSeal: oneByKey(
      (ids) => events.seals(ids),
      (row) => row.eventId,
      options,
    ),
  };
}

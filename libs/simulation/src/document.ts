import type { EpcisEvent, JsonObject, JsonValue } from '@tallyhouse/epcis';

/** Namespace of the extension fields that simulated events carry, under the prefix `tally`. */
export const TALLY_NAMESPACE = 'https://tallyhouse.example/epcis/';

/** The JSON-LD context under which simulated events are to be read. */
export const SIMULATION_CONTEXT: readonly JsonValue[] = [
  'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
  { tally: TALLY_NAMESPACE },
];

/** An EPCIS 2.0 capture document as JSON. */
export type CaptureDocument = JsonObject & {
  '@context': JsonValue[];
  type: 'EPCISDocument';
  schemaVersion: '2.0';
  creationDate: string;
  epcisBody: { eventList: EpcisEvent[] };
};

/**
 * Wraps events into a capture document with the context that declares their extension fields.
 *
 * @param creationDate an ISO 8601 time with offset
 * @example toDocument([event], '2025-01-01T00:00:00Z').epcisBody.eventList.length // 1
 */
export function toDocument(events: readonly EpcisEvent[], creationDate: string): CaptureDocument {
  return {
    '@context': [...SIMULATION_CONTEXT],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate,
    epcisBody: { eventList: [...events] },
  };
}

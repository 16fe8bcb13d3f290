import type { QueriedEvent } from './event-query.reader.js';
import { joinedContext } from './joined-context.js';

/** `@context` of EPCIS 2.0. */
export const EPCIS_CONTEXT = 'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld';

/** What an answer says of the question. */
export interface Answered {
  readonly queryName?: string | undefined;
  readonly subscriptionID?: string | undefined;
}

/** Events as the answer to a query: as they were captured, and with the time of their recording (EPCIS 2.0 §7.4.1.2). */
export function queryDocument(
  events: readonly QueriedEvent[],
  now: Date,
  { queryName = 'SimpleEventQuery', subscriptionID }: Answered = {},
): object {
  const { own, context } = joinedContext(events);
  const eventList = events.map(({ body, recordTime }, index) => ({
    ...(own[index] ? { '@context': own[index] } : {}),
    ...body,
    recordTime: recordTime.toISOString(),
  }));
  const subscription = subscriptionID === undefined ? {} : { subscriptionID };
  return {
    '@context': [EPCIS_CONTEXT, ...context],
    type: 'EPCISQueryDocument',
    schemaVersion: '2.0',
    creationDate: now.toISOString(),
    epcisBody: { queryResults: { ...subscription, queryName, resultsBody: { eventList } } },
  };
}

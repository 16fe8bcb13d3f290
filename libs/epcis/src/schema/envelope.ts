import { context, extensible, list, text, time, uri, type KeySets, type Schema } from './parts.js';

/** Schemas of what stands around the events; each event is judged by itself. */
export function envelopeSchemas(
  keySets: KeySets,
): Record<'EPCISDocument' | 'EPCISQueryDocument' | 'event', Schema> {
  const vocabularies = list(vocabulary());
  const events = list({ type: 'object', properties: { type: text }, required: ['type'] });
  const common = { '@context': context, id: uri, type: text, schemaVersion: version, creationDate: time };
  const results = extensible(
    'resultsBody',
    { eventList: events, vocabularyList: vocabularies },
    ['eventList'],
    keySets,
  );
  const answer = { queryName: text, subscriptionID: text, resultsBody: results };
  const query = extensible('queryResults', answer, ['queryName', 'resultsBody'], keySets);
  const queryBody = extensible('epcisBody of a query', { queryResults: query }, ['queryResults'], keySets);
  const header = extensible('epcisHeader', { epcisMasterData: masterData(vocabularies) }, [], keySets);
  const captureBody = { type: 'object', properties: { eventList: events }, required: ['eventList'] };
  const parties = { instanceIdentifier: text, sender: text, receiver: text };
  return {
    EPCISDocument: extensible(
      'EPCISDocument',
      { ...common, ...parties, epcisHeader: header, epcisBody: captureBody },
      ['@context', 'type', 'schemaVersion', 'creationDate', 'epcisBody'],
      keySets,
    ),
    EPCISQueryDocument: extensible(
      'EPCISQueryDocument',
      { ...common, epcisBody: queryBody },
      ['@context', 'type', 'epcisBody'],
      keySets,
    ),
    event: { type: 'object', required: ['@context'] },
  };
}

const version: Schema = { type: 'string', pattern: '^\\d+(\\.\\d+)*$' };

function masterData(vocabularies: Schema): Schema {
  return { type: 'object', properties: { vocabularyList: vocabularies } };
}

function vocabulary(): Schema {
  const attribute: Schema = {
    type: 'object',
    properties: { id: uri, attribute: { type: ['number', 'string', 'object'] } },
    required: ['id'],
  };
  const element: Schema = {
    type: 'object',
    properties: { id: uri, attributes: list(attribute), children: list(uri) },
    required: ['id'],
  };
  return {
    type: 'object',
    properties: { type: uri, vocabularyElementList: list(element) },
    required: ['type'],
  };
}

import type { EventType } from '../epcis.types.js';
import {
  bizTransactions,
  context,
  destinations,
  extensible,
  ilmd,
  list,
  persistentDisposition,
  place,
  quantities,
  sources,
  time,
  uri,
  word,
  type KeySets,
  type Schema,
} from './parts.js';
import { sensorElements } from './sensor.js';

type Properties = Record<string, Schema>;

const uris = list(uri);
const distinctUris = list(uri, { uniqueItems: true });
const action: Schema = { type: 'string', enum: ['OBSERVE', 'ADD', 'DELETE'] };
const anything: Schema = {};

/** Schemas of the five event types and of an extension's own events (EPCIS 2.0, section 7.4). */
export function eventSchemas(keySets: KeySets): Record<EventType | 'extension', Schema> {
  const base = baseProperties(keySets);
  const where = { ...contextProperties(), sensorElementList: sensorElements(keySets) };
  const event = (type: EventType, properties: Properties, required: readonly string[]): Schema =>
    extensible(
      type,
      { ...base, ...where, ...properties },
      ['type', 'eventTime', 'eventTimeZoneOffset', ...required],
      keySets,
    );
  const children = { parentID: uri, childEPCs: uris, childQuantityList: quantities };
  return {
    ObjectEvent: event(
      'ObjectEvent',
      { action, epcList: distinctUris, quantityList: quantities, persistentDisposition, ilmd },
      ['action'],
    ),
    // The standard's schema lets the next three carry a persistentDisposition of any form; so verdicts stay equal.
    AggregationEvent: event('AggregationEvent', { action, ...children, persistentDisposition: anything }, [
      'action',
    ]),
    AssociationEvent: event('AssociationEvent', { action, ...children, persistentDisposition: anything }, [
      'action',
      'parentID',
    ]),
    TransactionEvent: event(
      'TransactionEvent',
      {
        action,
        parentID: uri,
        epcList: uris,
        quantityList: quantities,
        persistentDisposition: anything,
        bizTransactionList: { ...bizTransactions, minItems: 1 },
      },
      ['action', 'bizTransactionList'],
    ),
    TransformationEvent: event(
      'TransformationEvent',
      {
        inputEPCList: distinctUris,
        inputQuantityList: quantities,
        outputEPCList: distinctUris,
        outputQuantityList: quantities,
        transformationID: uri,
        persistentDisposition,
        ilmd,
      },
      [],
    ),
    extension: {
      type: 'object',
      properties: { ...base, type: uri },
      required: ['type', 'eventTime', 'eventTimeZoneOffset'],
    },
  };
}

function baseProperties(keySets: KeySets): Properties {
  const declaration = { declarationTime: time, reason: word('error-reason'), correctiveEventIDs: uris };
  return {
    '@context': context,
    type: { type: 'string' },
    eventTime: time,
    recordTime: time,
    eventTimeZoneOffset: { type: 'string', pattern: '^[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00)$' },
    eventID: uri,
    certificationInfo: { anyOf: [uri, uris] },
    errorDeclaration: extensible('errorDeclaration', declaration, ['declarationTime'], keySets),
  };
}

function contextProperties(): Properties {
  return {
    bizStep: word('biz-step'),
    disposition: word('disposition'),
    readPoint: place,
    bizLocation: place,
    bizTransactionList: bizTransactions,
    sourceList: sources,
    destinationList: destinations,
  };
}

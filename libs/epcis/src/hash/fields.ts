import { WORD_NAMESPACE } from './vocabulary.js';

/** How a standard field is written into the pre-hash. */
export type FieldRule =
  | { kind: 'text' }
  | { kind: 'time' }
  | { kind: 'word'; namespace: string }
  /** A list of texts, each written `name=value`. */
  | { kind: 'values'; name: string }
  /** A list of words, each written with the name of the field itself. */
  | { kind: 'words'; namespace: string }
  /** An object with fields in a fixed order, its extensions at its end. */
  | { kind: 'object'; fields: FieldTable }
  /** A list of such objects; `name` goes before each, '' where the standard names none. */
  | { kind: 'objects'; name: string; fields: FieldTable };

/** Fields in the order in which they are hashed. */
export type FieldTable = ReadonlyMap<string, FieldRule>;

const text: FieldRule = { kind: 'text' };
const time: FieldRule = { kind: 'time' };
const epcs: FieldRule = { kind: 'values', name: 'epc' };
const word = (namespace: string): FieldRule => ({ kind: 'word', namespace });
const words = (namespace: string): FieldRule => ({ kind: 'words', namespace });
const table = (entries: readonly (readonly [string, FieldRule])[]): FieldTable => new Map(entries);
const texts = (...names: string[]): (readonly [string, FieldRule])[] =>
  names.map((name) => [name, text] as const);

const quantities: FieldRule = {
  kind: 'objects',
  name: 'quantityElement',
  fields: table(texts('epcClass', 'quantity', 'uom')),
};
const place: FieldRule = { kind: 'object', fields: table(texts('id')) };
const typed = (value: string, namespace: string): FieldRule => ({
  kind: 'objects',
  name: '',
  fields: table([['type', word(namespace)], ...texts(value)]),
});
const sensorMetadata = table([
  ['time', time],
  ['startTime', time],
  ['endTime', time],
  ...texts('deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod', 'bizRules'),
]);
const sensorReport = table([
  ['type', word(WORD_NAMESPACE.measurement)],
  ['exception', word(WORD_NAMESPACE.measurement)],
  ...texts('deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod'),
  ['time', time],
  ...texts('microorganism', 'chemicalSubstance', 'value'),
  ['component', word(WORD_NAMESPACE.component)],
  ...texts('stringValue', 'booleanValue', 'hexBinaryValue', 'uriValue', 'minValue', 'maxValue', 'meanValue'),
  ...texts('sDev', 'percRank', 'percValue', 'uom', 'coordinateReferenceSystem'),
]);

/** Fields of an event that are hashed in this order, before {@link TRAILING_FIELDS}. */
export const EVENT_FIELDS: FieldTable = table([
  ['eventTime', time],
  ...texts('eventTimeZoneOffset'),
  ['certificationInfo', { kind: 'values', name: 'certificationInfo' }],
  ...texts('parentID'),
  ['epcList', epcs],
  ['inputEPCList', epcs],
  ['childEPCs', epcs],
  ['quantityList', quantities],
  ['childQuantityList', quantities],
  ['inputQuantityList', quantities],
  ['outputEPCList', epcs],
  ['outputQuantityList', quantities],
  ...texts('action', 'transformationID'),
  ['bizStep', word(WORD_NAMESPACE.bizStep)],
  ['disposition', word(WORD_NAMESPACE.disposition)],
  [
    'persistentDisposition',
    {
      kind: 'object',
      fields: table([
        ['set', words(WORD_NAMESPACE.disposition)],
        ['unset', words(WORD_NAMESPACE.disposition)],
      ]),
    },
  ],
  ['readPoint', place],
  ['bizLocation', place],
  [
    'sensorElementList',
    {
      kind: 'objects',
      name: 'sensorElement',
      fields: table([
        ['sensorMetadata', { kind: 'object', fields: sensorMetadata }],
        ['sensorReport', { kind: 'objects', name: 'sensorReport', fields: sensorReport }],
      ]),
    },
  ],
]);

/**
 * Fields that the reference implementation sorts together with ilmd and the extensions behind all others: its vector
 * `epcisDocWithShippingAndTransportingEvent` has destinations before sources, against the order of the prose.
 */
export const TRAILING_FIELDS: FieldTable = table([
  ['bizTransactionList', typed('bizTransaction', WORD_NAMESPACE.bizTransactionType)],
  ['sourceList', typed('source', WORD_NAMESPACE.sourceDestType)],
  ['destinationList', typed('destination', WORD_NAMESPACE.sourceDestType)],
]);

/** Fields that are about the record and not about what happened; never hashed. */
export const UNHASHED_FIELDS: ReadonlySet<string> = new Set([
  '@context',
  'type',
  'eventID',
  'recordTime',
  'errorDeclaration',
]);

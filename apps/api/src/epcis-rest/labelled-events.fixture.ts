import { gtin, gtinClass, lgtin, sgln, sgtin, sscc } from '@tallyhouse/epcis';

const PREFIX = '9521141';
const PRODUCT = gtin(PREFIX, '01234');
const FACTORY = sgln('9521141000014');
const SHOP = sgln('9521141000021');

/** Identifiers that the labelled events name. */
export const NAMES = {
  piece: (serial: number): string => sgtin(PRODUCT, String(serial)),
  product: gtinClass(PRODUCT),
  lot: lgtin(PRODUCT, 'L7'),
  pallet: sscc(PREFIX, '000000001'),
  factory: FACTORY,
  shop: SHOP,
  order: 'urn:epcglobal:cbv:bt:9521141000014:1152',
  eventId: 'urn:uuid:831c0292-4de1-430a-8255-2aca821abaab',
  correctionId: 'urn:uuid:831c0292-4de1-430a-8255-2aca821abaac',
  transformation: 'urn:uuid:831c0292-4de1-430a-8255-2aca821abaad',
};
const { piece, product, lot, pallet } = NAMES;

const REPORT = {
  type: 'Temperature',
  time: '2026-01-05T09:15:00Z',
  value: 26.5,
  uom: 'CEL',
  percRank: 50,
  deviceID: 'https://id.gs1.org/8004/9521141111',
  stringValue: 'SomeString',
  booleanValue: true,
  hexBinaryValue: 'F0F0F0',
  uriValue: 'https://id.gs1.org/8004/9521141222',
  chemicalSubstance: 'https://identifiers.org/inchikey:CZMRCDWAGMRECN-UHFFFAOYSA-N',
  microorganism: 'https://www.ncbi.nlm.nih.gov/taxonomy/1126011',
};

/** One event of each kind, an hour apart, each with its label in `example:label`. */
export const LABELLED_EVENTS: readonly Record<string, unknown>[] = [
  event('made', 1, {
    type: 'ObjectEvent',
    action: 'ADD',
    eventID: NAMES.eventId,
    epcList: [piece(1), piece(2)],
    quantityList: [{ epcClass: lot, quantity: 10, uom: 'KGM' }],
    bizStep: 'https://ref.gs1.org/cbv/BizStep-commissioning',
    disposition: 'https://ref.gs1.org/cbv/Disp-active',
    readPoint: { id: FACTORY, 'example:door': '7' },
    bizLocation: { id: FACTORY },
    ilmd: { 'example:grade': 'A', 'example:origin': { 'example:farm': 'North', 'example:field': 12 } },
  }),
  event('packed', 2, {
    type: 'AggregationEvent',
    action: 'ADD',
    parentID: pallet,
    childEPCs: [piece(1)],
    childQuantityList: [{ epcClass: product }, { epcClass: lot, quantity: 5 }],
    bizStep: 'packing',
    disposition: 'in_progress',
    bizLocation: { id: FACTORY },
    persistentDisposition: { set: ['completeness_verified'], unset: ['completeness_inferred'] },
  }),
  event('sent', 3, {
    type: 'TransactionEvent',
    action: 'OBSERVE',
    parentID: pallet,
    epcList: [piece(3)],
    bizTransactionList: [{ type: 'po', bizTransaction: NAMES.order }],
    bizStep: 'shipping',
    disposition: 'in_transit',
    readPoint: { id: FACTORY },
    sourceList: [{ type: 'location', source: FACTORY }],
    destinationList: [{ type: 'location', destination: SHOP }],
  }),
  event('turned', 4, {
    type: 'TransformationEvent',
    transformationID: NAMES.transformation,
    inputEPCList: [piece(3)],
    inputQuantityList: [{ epcClass: lot, quantity: 2, uom: 'KGM' }],
    outputEPCList: [piece(4)],
    outputQuantityList: [{ epcClass: product, quantity: 3 }],
    bizStep: 'other',
    readPoint: { id: SHOP },
  }),
  event('measured', 5, {
    type: 'ObjectEvent',
    action: 'OBSERVE',
    epcList: [piece(5)],
    bizStep: 'sensor_reporting',
    readPoint: { id: SHOP },
    'example:litres': 7.5,
    'example:checks': [{ 'example:by': 'Kim', 'example:at': '2026-01-05T10:00:00+01:00' }],
    sensorElementList: [
      {
        sensorMetadata: {
          startTime: '2026-01-05T09:00:00Z',
          endTime: '2026-01-05T09:30:00Z',
          deviceID: 'https://id.gs1.org/8004/9521141333',
          dataProcessingMethod: 'https://id.gs1.org/253/9521141000014DP',
          bizRules: 'https://id.gs1.org/253/9521141000014BR',
        },
        sensorReport: [REPORT],
        'example:probe': 'P1',
      },
    ],
  }),
  event('corrected', 1, {
    type: 'ObjectEvent',
    action: 'ADD',
    eventID: NAMES.eventId,
    epcList: [piece(6)],
    bizStep: 'commissioning',
    bizLocation: { id: SHOP },
    errorDeclaration: {
      declarationTime: '2026-01-06T00:00:00Z',
      reason: 'incorrect_data',
      correctiveEventIDs: [NAMES.correctionId],
      'example:note': 'typed twice',
    },
  }),
];

/** A document of events. */
export function documentOf(eventList: readonly object[]): Record<string, unknown> {
  return {
    '@context': [
      'https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld',
      { example: 'https://ns.example.com/epcis/' },
    ],
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-01-06T00:00:00Z',
    epcisBody: { eventList },
  };
}

function event(label: string, hour: number, fields: Record<string, unknown>): Record<string, unknown> {
  return {
    eventTime: new Date(Date.UTC(2026, 0, 5, hour)).toISOString(),
    eventTimeZoneOffset: '+01:00',
    'example:label': label,
    ...fields,
  };
}

import { gtin, sgln, sgtin, sscc } from '@tallyhouse/epcis';

const CONTEXT = ['https://ref.gs1.org/standards/epcis/2.0.0/epcis-context.jsonld'];
const PREFIX = '9521141';
const PIECE = gtin(PREFIX, '01234');
export const FACTORY = sgln('9521141000014');
export const PALLET = sscc(PREFIX, '000000001');

/** Digital Link of the piece with a serial number. */
export function piece(serial: number): string {
  return sgtin(PIECE, String(serial));
}

/** A document that commissions a piece in each of its events, one a minute. */
export function commissioning(from: number, count: number): object {
  return document(Array.from({ length: count }, (_, index) => commissioned(from + index)));
}

/** A document that packs pieces onto the pallet, or takes them off it. */
export function packing(action: 'ADD' | 'DELETE', serials: readonly number[], eventTime: string): object {
  return document([
    {
      type: 'AggregationEvent',
      eventTime,
      eventTimeZoneOffset: '+01:00',
      parentID: PALLET,
      childEPCs: serials.map(piece),
      action,
      bizStep: action === 'ADD' ? 'packing' : 'unpacking',
      bizLocation: { id: FACTORY },
    },
  ]);
}

/** A document whose second event lacks its action. */
export function faulty(): object {
  const { action: _, ...withoutAction } = commissioned(9_001);
  return document([commissioned(9_000), withoutAction]);
}

function commissioned(serial: number): Record<string, unknown> {
  return {
    type: 'ObjectEvent',
    eventTime: new Date(Date.UTC(2026, 0, 5, 8, serial)).toISOString(),
    eventTimeZoneOffset: '+01:00',
    epcList: [piece(serial)],
    action: 'ADD',
    bizStep: 'commissioning',
    disposition: 'active',
    readPoint: { id: FACTORY },
    bizLocation: { id: FACTORY },
  };
}

function document(eventList: readonly object[]): object {
  return {
    '@context': CONTEXT,
    type: 'EPCISDocument',
    schemaVersion: '2.0',
    creationDate: '2026-01-06T00:00:00Z',
    epcisBody: { eventList },
  };
}

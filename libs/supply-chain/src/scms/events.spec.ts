import { describe, expect, it } from '@jest/globals';
import { scmsEvents } from './events.js';
import { SCMS_IDENTIFIER_DERIVATION } from './identifiers.js';
import type { ScmsRow } from './row.js';

const row: ScmsRow = {
  id: '17',
  projectCode: '999-XX-T01',
  priceQuote: 'FPQ-1',
  purchaseOrder: 'SCMS-5',
  despatchAdvice: 'DN-6',
  country: 'Zambia',
  managedBy: 'PMO - US',
  fulfillVia: 'Direct Drop',
  incoTerm: 'EXW',
  shipmentMode: 'Ocean',
  priceQuoteSent: 'Pre-PQ Process',
  purchaseOrderSent: 'Date Not Captured',
  scheduledDate: '2010-06-02',
  deliveredDate: '2010-06-20',
  recordedDate: '2010-06-21',
  productGroup: 'ARV',
  subClassification: 'Adult',
  vendor: 'A Vendor',
  itemDescription: 'Some drug 200mg, tablets, 60 Tabs',
  molecule: 'Some drug',
  brand: 'Generic',
  dosage: '200mg',
  dosageForm: 'Tablet',
  unitsPerPack: 60,
  quantity: 1000,
  valueUsd: '6200',
  packPriceUsd: '6.2',
  unitPriceUsd: '0.1',
  manufacturingSite: 'Somewhere',
  firstLine: true,
  weightKg: { kind: 'measured', value: '358' },
  freightUsd: { kind: 'missing', words: 'Invoiced Separately' },
  insuranceUsd: undefined,
};

describe('scmsEvents', () => {
  it('gives the same events for the same line, at the documented hours', () => {
    expect(JSON.stringify(scmsEvents(row))).toBe(JSON.stringify(scmsEvents({ ...row })));
    expect(scmsEvents(row).map(({ eventTime }) => eventTime)).toEqual([
      '2010-03-29T06:00:00.000Z',
      '2010-04-27T15:00:00.000Z',
      '2010-04-28T09:00:00.000Z',
      '2010-06-20T12:00:00.000Z',
    ]);
  });

  it('tells on every event how identifiers and time were derived', () => {
    const events = scmsEvents(row);
    for (const event of events)
      expect(event).toHaveProperty(['tally:identifierDerivation'], SCMS_IDENTIFIER_DERIVATION);
    expect(events.map((event) => event['tally:timeDerivation']).slice(2)).toEqual([
      'scheduled date minus transit',
      'delivered date',
    ]);
    const early = scmsEvents({ ...row, deliveredDate: '2010-05-01' });
    expect(early[2]?.['tally:timeDerivation']).toBe('delivered date minus transit');
    expect(early[2]?.eventTime).toBe('2010-03-27T09:00:00.000Z');
  });

  it('keeps what is known late out of all events before receiving', () => {
    const [, , shipping, receiving] = scmsEvents(row);
    expect(receiving).toMatchObject({
      'tally:weightKg': '358',
      'tally:freightUsdText': 'Invoiced Separately',
    });
    expect(receiving).not.toHaveProperty(['tally:insuranceUsd']);
    for (const late of ['tally:weightKg', 'tally:freightUsdText', 'tally:deliveryRecordedDate']) {
      expect(shipping).not.toHaveProperty([late]);
    }
  });

  it('ships what comes from the distribution centre from there and the rest from the maker', () => {
    const [made, , direct] = scmsEvents(row);
    const [, , relayed] = scmsEvents({ ...row, fulfillVia: 'From RDC', vendor: 'SCMS from RDC' });
    expect(direct?.readPoint).toEqual(made?.readPoint);
    expect(relayed?.readPoint).not.toEqual(made?.readPoint);
  });
});

import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { gtinClass, sgtin, sscc } from '@tallyhouse/epcis';
import { openGraph, PARTNER, type GraphStore } from '../../../test/graph-kit.js';
import type { FsmaRow } from './fsma-row.js';
import { fsmaCsv } from './fsma-sheet.js';
import { FsmaReader } from './fsma.reader.js';
import { LETTUCE, PLACES, PRODUCTS } from './lettuce.fixture.js';

jest.setTimeout(120_000);

const APRIL = { from: new Date('2026-04-01T00:00:00Z'), to: new Date('2026-05-01T00:00:00Z') };
const { farm, field, cooler, packer, kitchen, shop, harbour } = PLACES;

describe('the sheet of the Food Traceability Rule on a real Postgres', () => {
  let store: GraphStore;
  let rows: FsmaRow[];
  beforeAll(async () => {
    store = await openGraph();
    await store.rows(
      `INSERT INTO partner_registered (chain_id, block_number, block_hash, log_index, tx_hash, block_time, partner, gln,
         name, metadata_hash) VALUES (1, 1, '0x', 0, '0x', now(), $1, '9521141000014', 'Green Acres', '0x')`,
      [PARTNER],
    );
    for (const [name, uri] of Object.entries(PLACES))
      await store.rows(
        `INSERT INTO site (uri, name, country, kind, partner, latitude, longitude)
         VALUES ($1, $2, 'US', $3, $4, 36.6, -121.6)`,
        [uri, `The ${name}`, name === 'farm' ? 'farm' : 'plant', PARTNER],
      );
    for (const [name, gtin] of Object.entries(PRODUCTS))
      await store.rows(
        'INSERT INTO product_class (uri, name, product_group, partner) VALUES ($1, $2, $3, $4)',
        [gtinClass(gtin), `Fresh ${name}`, 'Lettuce', PARTNER],
      );
    await store.take(LETTUCE);
    rows = await new FsmaReader(store.source).sheet(APRIL);
  }, 60_000);
  afterAll(() => store.close());

  const of = (event: FsmaRow['event'], role: FsmaRow['role'] = 'SUBJECT') =>
    rows.filter((row) => row.event === event && row.role === role);

  it('has each of the seven critical tracking events, one row a lot', () => {
    expect(rows.map(({ event, role, traceabilityLotCode }) => [event, role, traceabilityLotCode])).toEqual([
      ['Harvesting', 'SUBJECT', 'H1'],
      ['Shipping', 'SUBJECT', 'H1'],
      ['Cooling', 'SUBJECT', 'H1'],
      ['Receiving', 'SUBJECT', 'H1'],
      ['Initial packing', 'INPUT', 'H1'],
      ['Initial packing', 'OUTPUT', 'TLC-9'],
      ['Shipping', 'SUBJECT', 'TLC-9'],
      ['Receiving', 'SUBJECT', 'TLC-9'],
      ['Transformation', 'INPUT', 'TLC-9'],
      ['Transformation', 'OUTPUT', 'S-1'],
      ['Shipping', 'SUBJECT', 'S-1'],
      ['First land-based receiving', 'SUBJECT', 'F-1'],
    ]);
  });

  it('says of a harvest the farm, the field, the day there, the harvester and the recipient', () => {
    expect(of('Harvesting')).toMatchObject([
      {
        ...{ date: '2026-04-10', harvestDate: '2026-04-10', quantity: 500, uom: 'KGM' },
        ...{ commodity: 'Lettuce', variety: 'Iceberg', growingArea: 'The field', harvester: 'Green Acres' },
        farm: { uri: farm, name: 'The farm', business: 'Green Acres', country: 'US', latitude: 36.6 },
        location: { uri: farm },
        nextRecipient: { uri: cooler },
        documents: [{ type: 'prodorder', number: 'HARVEST-7' }],
        missing: [],
      },
    ]);
    expect(field).not.toBe(farm);
  });

  it('says of cooling where and when, and from which farm', () => {
    expect(of('Cooling')).toMatchObject([
      {
        ...{ coolingDate: '2026-04-11', cooler: { uri: cooler }, farm: { uri: farm } },
        ...{ nextRecipient: { uri: packer }, documents: [{ number: 'COOL-3' }], missing: [] },
      },
    ]);
  });

  it('brings to initial packing what was said at harvest, cooling and receipt', () => {
    expect(of('Initial packing', 'INPUT')).toMatchObject([
      {
        ...{ receivedDate: '2026-04-12', quantity: 500, farm: { uri: farm }, growingArea: 'The field' },
        ...{ harvester: 'Green Acres', harvestDate: '2026-04-10', cooler: { uri: cooler } },
        ...{ coolingDate: '2026-04-11', variety: 'Iceberg', missing: [] },
      },
    ]);
    expect(of('Initial packing', 'OUTPUT')).toMatchObject([
      {
        ...{ date: '2026-04-12', quantity: 40, uom: 'CS', productName: 'Fresh cases' },
        ...{ lotCodeSource: { uri: packer }, documents: [{ number: 'PACK-4' }], missing: [] },
      },
    ]);
  });

  it('names the lot in a pallet, and where its code was assigned, at shipping and receipt', () => {
    const [, shipping, incomplete] = of('Shipping');
    expect(shipping).toMatchObject({
      ...{ quantity: 40, uom: 'CS', container: sscc('9521141', '000000001'), location: { uri: packer } },
      ...{ nextRecipient: { uri: kitchen }, lotCodeSource: { uri: packer }, missing: [] },
      documents: [
        { type: 'desadv', number: 'DA-5' },
        { type: 'bol', number: 'BOL-6' },
      ],
    });
    expect(of('Receiving')[1]).toMatchObject({
      ...{ quantity: 40, previousSource: { uri: packer }, location: { uri: kitchen } },
      ...{ lotCodeSource: { uri: packer }, missing: [] },
    });
    expect(incomplete).toMatchObject({
      ...{ nextRecipient: { uri: shop }, lotCodeSource: { uri: kitchen }, missing: ['reference document'] },
    });
  });

  it('names what went into a transformation and the new lot code', () => {
    expect(of('Transformation', 'INPUT')).toMatchObject([{ quantity: 10, missing: [] }]);
    expect(of('Transformation', 'OUTPUT')).toMatchObject([
      { quantity: 200, lotCodeSource: { uri: kitchen }, documents: [{ number: 'MIX-1' }], missing: [] },
    ]);
  });

  it('says of a landing which fish was caught where and when', () => {
    expect(of('First land-based receiving')).toMatchObject([
      {
        ...{ variety: 'SWORDFISH', catchAreas: '21.4R; 27.14.a', harvestDate: '2026-04-09/2026-04-14' },
        ...{ date: '2026-04-16', lotCodeSource: { uri: harbour }, quantity: 1_000, missing: [] },
      },
    ]);
  });

  it('counts the serials of a lot inside a pallet as one row', async () => {
    const day = { eventTimeZoneOffset: '+00:00', readPoint: { id: packer } };
    const cases = ['1', '2', '3'].map((serial) => sgtin(PRODUCTS.cases, serial));
    const [unit, pallet] = [sscc('9521141', '000000002'), sscc('9521141', '000000003')];
    await store.take([
      {
        ...{ ...day, type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', epcList: cases },
        ...{ eventTime: '2026-06-01T08:00:00Z', ilmd: { 'cbvmda:lotNumber': 'B/2' } },
      },
      {
        ...{ ...day, type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', parentID: unit },
        ...{ eventTime: '2026-06-01T09:00:00Z', childEPCs: cases },
      },
      {
        ...{ ...day, type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', parentID: pallet },
        ...{ eventTime: '2026-06-01T10:00:00Z', childEPCs: [unit] },
      },
      {
        ...{ ...day, type: 'ObjectEvent', action: 'OBSERVE', bizStep: 'shipping', epcList: [pallet] },
        eventTime: '2026-06-01T11:00:00Z',
      },
    ]);
    const [from, to] = [new Date('2026-06-01T00:00:00Z'), new Date('2026-06-02T00:00:00Z')];
    expect(await new FsmaReader(store.source).sheet({ from, to })).toMatchObject([
      {
        ...{ event: 'Shipping', traceabilityLotCode: 'B/2', quantity: 3, uom: 'EA', container: pallet },
        ...{ lotCodeSource: { uri: packer } },
        missing: ['immediate subsequent recipient', 'reference document'],
      },
    ]);
  });

  it('as CSV has a column for every element, and leaves blank what no event says', () => {
    const [head, first, ...rest] = fsmaCsv(rows).trimEnd().split('\r\n');
    const names = head!.split(',');
    expect(rest).toHaveLength(rows.length - 1);
    expect(names).toContain('Reference document number');
    const blanks = (head!.match(/: telephone/g) ?? []).length;
    expect(blanks).toBe(7);
    expect(first).not.toContain('+1');
    expect(first).toContain('"Green Acres, The farm, US, 36.6 -121.6"');
    expect(fsmaCsv([{ ...rows[0]!, productName: '=cmd()' }])).toContain("'=cmd()");
  });

  it('takes addresses, telephones and packaging from the master data of documents, the owner first', async () => {
    const said = async (partner: string, uri: string, values: Record<string, string>): Promise<void> => {
      const attributes = Object.entries(values).map(([name, value]) => {
        return { id: `cbvmda:${name}`, name: `urn:epcglobal:cbv:mda:${name}`, value };
      });
      await store.rows(
        `INSERT INTO master_data (partner, vocabulary, uri, version, id, attributes, children, capture_job, recorded_at)
         VALUES ($1, 'Location', $2, 1, $2, $3, '{}', gen_random_uuid(), now())`,
        [partner, uri, JSON.stringify(attributes)],
      );
    };
    const address = { streetAddressOne: '1 Lettuce Way', city: 'Salinas', state: 'CA', postalCode: '93901' };
    await said(PARTNER, farm, { ...address, telephone: '+1 555 0100' });
    await said('0xb2', farm, { city: 'Elsewhere', telephone: '+1 555 0666' });
    await said(PARTNER, gtinClass(PRODUCTS.heads), { netContentDescription: '24 heads' });
    const [harvest] = await new FsmaReader(store.source).sheet(APRIL);
    expect(harvest).toMatchObject({
      ...{ packaging: '24 heads', harvesterTelephone: '+1 555 0100', productName: 'Fresh heads' },
      farm: { address: '1 Lettuce Way, Salinas, CA, 93901', telephone: '+1 555 0100', name: 'The farm' },
    });
    expect(fsmaCsv([harvest!])).toContain('"1 Lettuce Way, Salinas, CA, 93901",\'+1 555 0100');
  });

  it('refuses a range that ends before it begins', async () => {
    await expect(new FsmaReader(store.source).sheet({ from: APRIL.to, to: APRIL.from })).rejects.toThrow(
      'from must be before to',
    );
  });
});

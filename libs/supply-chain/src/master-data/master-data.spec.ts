import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  documentOf,
  faultyShipment,
  openStore,
  OTHER_PARTNER,
  PARTNER,
  shipment,
  type TestStore,
} from '../../test/capture-kit.js';
import { CaptureService } from '../capture/capture.service.js';
import type { CaptureOptions } from '../capture/capture.types.js';
import { MasterDataReader, type MasterDataRow } from './master-data.reader.js';

const SITE = 'urn:epc:id:sgln:9521141.00001.0';
const rollback: CaptureOptions = { partner: PARTNER, errorBehaviour: 'ROLLBACK' };

function stating(city: string, events: object[] = [], vocabulary = 'BusinessLocation'): object {
  const element = { id: SITE, attributes: [{ id: 'cbvmda:city', attribute: city }] };
  const vocabularyList = [
    { type: `urn:epcglobal:epcis:vtype:${vocabulary}`, vocabularyElementList: [element] },
  ];
  return {
    ...documentOf([]),
    epcisHeader: { epcisMasterData: { vocabularyList } },
    epcisBody: { eventList: events },
  };
}

async function* inPieces(document: object): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(JSON.stringify(document));
  for (let at = 0; at < bytes.length; at += 100) yield bytes.subarray(at, at + 100);
}

describe('master data of captured documents', () => {
  let store: TestStore;
  let captures: CaptureService;
  let reader: MasterDataReader;
  beforeAll(async () => {
    store = await openStore();
    captures = new CaptureService(store.source);
    reader = new MasterDataReader(store.source);
  }, 60_000);
  afterAll(() => store.close());
  beforeEach(async () => {
    await store.empty();
    await store.rows('TRUNCATE master_data');
  });

  const cities = (rows: readonly MasterDataRow[]): unknown[] =>
    rows.map(({ version, attributes, supersededAt }) => [
      version,
      attributes[0]?.value,
      supersededAt === null,
    ]);

  it('are kept with the capture that they came with, in any spelling of the identifier', async () => {
    const { id } = await captures.capture(stating('Fancy', [shipment(1)]), rollback);
    const [row] = await reader.of('https://example.com/414/9521141000014', 'in force');
    expect(row).toMatchObject({
      partner: PARTNER.toLowerCase(),
      vocabulary: 'BusinessLocation',
      id: SITE,
      uri: 'https://id.gs1.org/414/9521141000014',
      version: 1,
      jobId: id,
      attributes: [{ id: 'cbvmda:city', name: 'urn:epcglobal:cbv:mda:city', value: 'Fancy' }],
    });
    expect(await store.rows('SELECT master_data_elements FROM capture_job')).toEqual([
      { master_data_elements: 1 },
    ]);
  });

  it('change with the last statement, keep the ones before, and stay when the same is said again', async () => {
    for (const city of ['Fancy', 'Fancy', 'Plain']) await captures.capture(stating(city), rollback);
    expect(cities(await reader.of(SITE, 'in force'))).toEqual([[2, 'Plain', true]]);
    expect(cities(await reader.of(SITE, 'all'))).toEqual([
      [2, 'Plain', true],
      [1, 'Fancy', false],
    ]);
  });

  it('are one partner’s own, and of one vocabulary', async () => {
    await captures.capture(stating('Fancy'), rollback);
    await captures.capture(stating('Plain'), { ...rollback, partner: OTHER_PARTNER });
    await captures.capture(stating('Third', [], 'ReadPoint'), rollback);
    const rows = await reader.of(SITE, 'in force');
    expect(rows.map(({ vocabulary, attributes }) => [vocabulary, attributes[0]?.value])).toEqual([
      ['ReadPoint', 'Third'],
      ['BusinessLocation', 'Plain'],
      ['BusinessLocation', 'Fancy'],
    ]);
  });

  it('come with a document that is taken in while it arrives', async () => {
    await captures.captureStream(inPieces(stating('Fancy', [shipment(1), shipment(2)])), rollback);
    expect(cities(await reader.of(SITE, 'in force'))).toEqual([[1, 'Fancy', true]]);
  });

  it('are not kept of a document that stores nothing because it is refused', async () => {
    const bad = stating('Fancy', [shipment(1), faultyShipment(2)]);
    const allBad = stating('Fancy', [faultyShipment(2)]);
    await captures.capture(bad, rollback);
    await captures.captureStream(inPieces(bad), rollback);
    await captures.capture(allBad, { ...rollback, errorBehaviour: 'PROCEED' });
    await captures.captureStream(inPieces(allBad), { ...rollback, errorBehaviour: 'PROCEED' });
    expect(await store.count('master_data')).toBe(0);
    await captures.capture(bad, { ...rollback, errorBehaviour: 'PROCEED' });
    expect(await store.count('master_data')).toBe(1);
  });

  it('have versions without gaps when captures come at once', async () => {
    const names = Array.from({ length: 6 }, (_, index) => `City ${index}`);
    await Promise.all(names.map((city) => captures.capture(stating(city), rollback)));
    const rows = await reader.of(SITE, 'all');
    expect(rows.map(({ version }) => version).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
    expect(rows.filter(({ supersededAt }) => supersededAt === null)).toHaveLength(1);
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { gtin, gtinClass, lgtin, sscc, type EpcisEvent } from '@tallyhouse/epcis';
import { openGraph, type GraphStore } from '../../test/graph-kit.js';
import { SITES } from '../../test/random-events.js';
import { BalanceReader } from './balance.reader.js';

jest.setTimeout(120_000);

const [FARM, MILL, OTHER] = [SITES[0]!, SITES[1]!, SITES[2]!];
const RAW = gtin('9521141', '01234');
const LOT = lgtin(RAW, 'ORGANIC-1');
const FLOUR = lgtin(gtin('9521141', '04321'), 'F1');
const [CASE, PALLET] = [sscc('9521141', '000000001'), sscc('9521141', '000000002')];
const WINDOW = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 2, 2) };
const kg = (quantity: number, epcClass = LOT) => [{ epcClass, quantity, uom: 'KGM' }];
const at = (hour: number, site: string) => ({
  ...{ eventTime: new Date(Date.UTC(2026, 2, 1, hour)).toISOString(), eventTimeZoneOffset: '+00:00' },
  ...{ readPoint: { id: site }, bizLocation: { id: site } },
});
const made: EpcisEvent = {
  ...{ ...at(1, FARM), type: 'ObjectEvent', action: 'ADD', bizStep: 'commissioning', quantityList: kg(100) },
  certificationInfo: 'https://certificates.example/organic/1',
};
const packed = (hour: number, parentID: string, amount: number): EpcisEvent => ({
  ...{ ...at(hour, FARM), type: 'AggregationEvent', action: 'ADD', bizStep: 'packing', parentID },
  childQuantityList: kg(amount),
});
const moved = (hour: number, site: string, bizStep: string, ...epcList: string[]): EpcisEvent => ({
  ...{ ...at(hour, site), type: 'ObjectEvent', action: 'OBSERVE', bizStep, epcList },
});
const used = (hour: number, site: string, inputs: Partial<EpcisEvent>): EpcisEvent => ({
  ...{ ...at(hour, site), type: 'TransformationEvent', bizStep: 'commissioning', ...inputs },
  outputQuantityList: kg(50, FLOUR),
});

describe('goods inside containers on a real Postgres', () => {
  let store: GraphStore;
  beforeAll(async () => {
    store = await openGraph();
  }, 60_000);
  beforeEach(() => store.empty());
  afterAll(() => store.close());

  const books = (site: string) => new BalanceReader(store.source).balance(site, gtinClass(RAW), WINDOW);

  it('leave and come with the pallet around their case, once, though both are named', async () => {
    await store.take([
      made,
      packed(2, CASE, 60),
      {
        ...{ ...at(3, FARM), type: 'AggregationEvent', action: 'ADD', bizStep: 'packing' },
        ...{ parentID: PALLET, childEPCs: [CASE] },
      },
      moved(4, FARM, 'shipping', PALLET),
      moved(8, MILL, 'receiving', PALLET, CASE),
    ]);
    expect((await books(FARM)).balances).toMatchObject([
      { unit: 'KGM', in: 100, out: 60, stock: 40, gap: 0 },
    ]);
    expect((await books(MILL)).balances).toMatchObject([{ unit: 'KGM', in: 60, out: 0, stock: 60, gap: 0 }]);
  });

  it('count as the event says where it names them beside their unit', async () => {
    const both = { ...moved(4, FARM, 'shipping', CASE), quantityList: kg(55) };
    await store.take([made, packed(2, CASE, 60), both]);
    expect((await books(FARM)).balances).toMatchObject([{ out: 55, stock: 45 }]);
  });

  it('do not count where the unit was emptied before it moved', async () => {
    const out: EpcisEvent = { ...packed(3, CASE, 60), action: 'DELETE', bizStep: 'unpacking' };
    await store.take([made, packed(2, CASE, 60), out, moved(4, FARM, 'shipping', CASE)]);
    expect((await books(FARM)).balances).toMatchObject([{ out: 0, stock: 100 }]);
  });

  it('of a certified lot are spent once: two sites cannot both use all of it', async () => {
    await store.take([
      made,
      used(5, MILL, { inputQuantityList: kg(100) }),
      used(6, OTHER, { inputQuantityList: kg(100) }),
    ]);
    expect((await books(MILL)).overspent).toMatchObject([{ claim: LOT, made: 100, spent: 200, excess: 100 }]);
  });

  it('of a certified lot are spent with the unit that is used up, whoever names only the unit', async () => {
    await store.take([
      ...[made, packed(2, CASE, 60)],
      used(5, MILL, { inputEPCList: [CASE] }),
      used(6, OTHER, { inputQuantityList: kg(40) }),
    ]);
    expect((await books(MILL)).overspent).toEqual([]);
    await store.take([used(7, OTHER, { inputQuantityList: kg(30) })]);
    const [found] = (await books(MILL)).overspent;
    expect(found).toMatchObject({ claim: LOT, made: 100, spent: 130, excess: 30 });
    expect(found!.evidence).toHaveLength(3);
  });

  it('of a certified lot cannot be sold and used up as well', async () => {
    await store.take([
      made,
      { ...moved(4, OTHER, 'retail_selling'), epcList: [], quantityList: kg(80), disposition: 'retail_sold' },
      used(5, MILL, { inputQuantityList: kg(50) }),
    ]);
    expect((await books(MILL)).overspent).toMatchObject([{ spent: 130, excess: 30 }]);
  });

  it('that were made of a certified lot carry no more than that lot: its yield is out of bounds', async () => {
    await store.take([
      made,
      { ...used(5, MILL, { inputQuantityList: kg(40) }), outputQuantityList: kg(90, FLOUR) },
    ]);
    expect((await books(MILL)).yields).toMatchObject([{ excess: 50 }]);
  });
});

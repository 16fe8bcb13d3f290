import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { gtin, gtinClass } from '@tallyhouse/epcis';
import { openGraph, PARTNER, type GraphStore } from '../../test/graph-kit.js';
import { ProductMeasureRepository } from './product-measure.repository.js';

const GTIN = gtin('9521141', '01234');
const CLASS = gtinClass(GTIN);

describe('product measures', () => {
  let store: GraphStore;
  let measures: ProductMeasureRepository;
  beforeAll(async () => {
    store = await openGraph();
    measures = new ProductMeasureRepository(store.source);
  }, 120_000);
  afterAll(() => store.close());

  it('are set, replaced, listed and forgotten, by GTIN or Digital Link', async () => {
    const first = await measures.set({ product: GTIN, netContent: 0.25, uom: 'KGM' });
    expect(first).toEqual({ product: CLASS, netContent: 0.25, uom: 'KGM', yieldMin: 0, yieldMax: 1 });
    await measures.set({ product: CLASS, netContent: 0.5, uom: 'KGM', yieldMin: 0.7, yieldMax: 0.95 });
    const second = { product: CLASS, netContent: 0.5, uom: 'KGM', yieldMin: 0.7, yieldMax: 0.95 };
    expect(await measures.list()).toEqual([second]);
    expect(await measures.list(CLASS)).toEqual([]);
    expect(await measures.remove(GTIN)).toBe(true);
    expect(await measures.remove(GTIN)).toBe(false);
  });

  it('refuse what no book can be held in, and name the field', async () => {
    const refused = (change: object, why: string) =>
      expect(measures.set({ product: CLASS, ...change })).rejects.toThrow(why);
    await refused({ netContent: 1 }, 'netContent and uom: give both or neither');
    await refused({ netContent: -1, uom: 'KGM' }, 'netContent: expected more than 0');
    await refused({ netContent: Number.NaN, uom: 'KGM' }, 'netContent');
    await refused({ netContent: 1, uom: 'kilograms' }, 'uom: expected a code');
    await refused({ yieldMin: 0.9, yieldMax: 0.1 }, 'yieldMin and yieldMax');
    await expect(measures.set({ product: 'cheese' })).rejects.toThrow(
      'product: "cheese" is no product class',
    );
  });

  it('belong to the partner who numbers the class', async () => {
    await store.rows(
      `INSERT INTO product_class (uri, name, product_group, partner) VALUES ($1, 'Cheese', 'dairy', $2)`,
      [CLASS, PARTNER],
    );
    expect(await measures.isOwner(PARTNER, GTIN)).toBe(true);
    expect(await measures.isOwner('0x00000000000000000000000000000000000000b2', GTIN)).toBe(false);
  });
});

import { describe, expect, it } from '@jest/globals';
import { grainHierarchy, type GrainRow } from './grain-hierarchy.js';

const row = (id: string, grain: string, rest: Partial<GrainRow> = {}): GrainRow => ({
  ...{ id, grain, partner: '0xa', product: null, site: null, productGroup: null, country: null },
  ...rest,
});

describe('grainHierarchy', () => {
  it('keeps the sums of one partner apart from those of another', () => {
    const found = grainHierarchy([
      row('all-a', 'TOTAL'),
      row('all-b', 'TOTAL', { partner: '0xb' }),
      row('a', 'PRODUCT_SITE', { product: 'p', site: 's' }),
      row('b', 'PRODUCT_SITE', { product: 'p', site: 's', partner: '0xb' }),
    ]);
    expect(found.sums).toEqual([
      { id: 'all-a', parts: [0] },
      { id: 'all-b', parts: [1] },
    ]);
  });

  it('counts a product without a group in the total and in no group', () => {
    const found = grainHierarchy([
      row('all', 'TOTAL'),
      row('dairy', 'GROUP', { productGroup: 'Dairy' }),
      row('milk', 'PRODUCT_SITE', { product: 'm', site: 's', productGroup: 'Dairy' }),
      row('nail', 'PRODUCT_SITE', { product: 'n', site: 's' }),
    ]);
    expect(found.sums).toEqual([
      { id: 'all', parts: [0, 1] },
      { id: 'dairy', parts: [0] },
    ]);
  });

  it('leaves lanes out', () => {
    const found = grainHierarchy([row('l', 'LANE', { site: 's' }), row('p', 'PRODUCT', { product: 'p' })]);
    expect(found).toEqual({ leaves: [], sums: [] });
  });
});

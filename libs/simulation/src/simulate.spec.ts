import { describe, expect, it } from '@jest/globals';
import { hasValidCheckDigit } from '@tallyhouse/epcis';
import { simulate } from './simulate.js';

const options = { seed: 7, start: '2023-01-01', months: 24 };

describe('simulate', () => {
  it('gives the same world for the same settings and another for another seed', () => {
    expect(simulate(options)).toEqual(simulate({ ...options }));
    expect(simulate({ ...options, seed: 8 })).not.toEqual(simulate(options));
  });

  it('has at least ten sites and twenty products of several groups and both patterns of demand', () => {
    const { sites, products } = simulate(options);
    expect(sites.length).toBeGreaterThanOrEqual(10);
    expect(products.length).toBeGreaterThanOrEqual(20);
    expect(new Set(products.map(({ group }) => group)).size).toBe(5);
    expect(new Set(products.map(({ demand }) => demand.pattern))).toEqual(
      new Set(['regular', 'intermittent']),
    );
  });

  it('gives every partner, site and product an identifier of its own with a right check digit', () => {
    const { partners, sites, products } = simulate({ ...options, scale: 9 });
    const keys = [...partners, ...sites].map(({ gln }) => gln).concat(products.map(({ gtin }) => gtin));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.every(hasValidCheckDigit)).toBe(true);
    expect(sites.every(({ gln, partner }) => gln.startsWith(partners[partner]?.companyPrefix ?? '-'))).toBe(
      true,
    );
    expect(products.every(({ gtin }) => gtin.startsWith('0952'))).toBe(true);
  });

  it('gives both retailers a store and both warehouses a customer in the smallest world', () => {
    const { sites } = simulate({ ...options, scale: 0.01 });
    const stores = sites.filter(({ kind }) => kind === 'store');
    expect(new Set(stores.map(({ partner }) => partner))).toEqual(new Set([5, 6]));
  });

  it('lets promotions of one product at one retailer never overlap', () => {
    const { promotions } = simulate(options);
    expect(promotions.length).toBeGreaterThan(100);
    const last = new Map<string, string>();
    for (const { retailer, product, from, to } of promotions) {
      expect((last.get(`${retailer}:${product}`) ?? '') < from && from < to).toBe(true);
      last.set(`${retailer}:${product}`, to);
    }
  });

  it('refuses settings outside their bounds', () => {
    for (const wrong of [
      { months: 0 },
      { months: 1.5 },
      { months: 241 },
      { scale: 0 },
      { scale: Number.NaN },
    ]) {
      expect(() => simulate({ ...options, ...wrong })).toThrow(RangeError);
    }
    expect(() => simulate({ ...options, start: '2023-02-30' })).toThrow(RangeError);
  });
});

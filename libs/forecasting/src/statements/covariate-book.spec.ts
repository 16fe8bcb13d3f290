import { describe, expect, it } from '@jest/globals';
import type { Covariate } from '../covariates/covariate-panel.js';
import { periodIndex } from '../series/periods.js';
import { CovariateBook, type Place } from './covariate-book.js';
import type { CovariateStatement } from './statement.js';

const AT: Place = { partner: '0xa', product: 'p', site: 's' };
const PRICE: Covariate = { name: 'price', kind: 'relative' };
const PROMOTION: Covariate = { name: 'promotion', kind: 'plain' };
const SUPPLIER: Covariate = { name: 'supplier', kind: 'category', words: ['north', 'south'] };

let seq = 0;
const said = (
  name: string,
  value: number | string,
  [firstDay, lastDay]: [string, string],
  saidAt = '2026-01-01',
  site: string | null = null,
): CovariateStatement => ({
  ...{ seq: ++seq, partner: '0xa', product: 'p', name, value, site, firstDay, lastDay },
  ...{ saidBy: '0xa', saidAt: new Date(saidAt) },
});
const months = (from: string, count: number) =>
  ({ first: periodIndex(Date.parse(from), 'monthly'), count, frequency: 'monthly' }) as const;
const path = (
  statements: CovariateStatement[],
  covariate: Covariate,
  before = '2026-06-01',
  place = AT,
): number[] | undefined => {
  const found = new CovariateBook(statements).path(
    place,
    covariate,
    months('2026-01-01', 4),
    Date.parse(before),
  );
  return found && [...found];
};

describe('what was said of a covariate', () => {
  const JANUARY: [string, string] = ['2026-01-01', '2026-01-31'];
  const MARCH: [string, string] = ['2026-03-01', '2026-03-31'];

  it('goes on where it is a price, and holds before the first; a promotion is over', () => {
    expect(path([said('price', 5, ['2026-02-01', '2026-02-28'])], PRICE)).toEqual([5, 5, 5, 5]);
    expect(path([said('price', 5, JANUARY), said('price', 6, MARCH)], PRICE)).toEqual([5, 5, 6, 6]);
    expect(path([said('promotion', 1, MARCH)], PROMOTION)).toEqual([0, 0, 1, 0]);
    expect(path([said('price', 4, ['2020-01-01', '2020-12-31'])], PRICE)).toEqual([4, 4, 4, 4]);
  });

  it('is the mean of the days of a period', () => {
    expect(path([said('promotion', 1, ['2026-02-01', '2026-02-07'])], PROMOTION)).toEqual([0, 0.25, 0, 0]);
  });

  it('is a word that goes on, none before the first and none where the word is another', () => {
    expect(path([said('supplier', 'south', ['2026-02-01', '2026-02-28'])], SUPPLIER)).toEqual([-1, 1, 1, 1]);
    const both = [said('supplier', 'north', JANUARY), said('supplier', 'east', MARCH)];
    expect(path(both, SUPPLIER)).toEqual([0, 0, -1, -1]);
  });

  it('is what was said last, whatever the order in which it was recorded', () => {
    const early = said('price', 5, ['2026-01-01', '2026-04-30'], '2026-01-01');
    const late = said('price', 7, MARCH, '2026-02-10');
    expect(path([early, late], PRICE)).toEqual([5, 5, 7, 5]);
    expect(path([late, early], PRICE)).toEqual([5, 5, 7, 5]);
    const again = said('price', 8, MARCH, '2026-02-10');
    expect(path([late, again], PRICE)![2]).toBe(8);
  });

  it('is not known at a moment before it was said, nor at that very moment', () => {
    const plan = [said('price', 5, JANUARY, '2026-01-01'), said('price', 9, MARCH, '2026-02-10T12:00:00Z')];
    expect(path(plan, PRICE, '2026-02-10T12:00:00Z')).toEqual([5, 5, 5, 5]);
    expect(path(plan, PRICE, '2026-02-10T12:00:01Z')).toEqual([5, 5, 9, 9]);
    expect(path(plan, PRICE, '2025-12-31')).toBeUndefined();
  });

  it('is of one site or of all, and of nobody else', () => {
    const plan = [
      said('price', 5, JANUARY, '2026-01-01'),
      said('price', 9, JANUARY, '2026-01-02', 'elsewhere'),
      said('price', 6, MARCH, '2026-01-02', 's'),
    ];
    expect(path(plan, PRICE)).toEqual([5, 5, 6, 6]);
    expect(path(plan, PRICE, undefined, { ...AT, site: 'elsewhere' })).toEqual([9, 9, 9, 9]);
    expect(path(plan, PRICE, undefined, { ...AT, partner: '0xb' })).toBeUndefined();
    expect(path(plan, PROMOTION)).toBeUndefined();
  });
});

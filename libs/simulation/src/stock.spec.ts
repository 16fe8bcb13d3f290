import { describe, expect, it } from '@jest/globals';
import { Stock, type Lot } from './stock.js';

function lot(number: string): Lot {
  return { product: 0, number, uri: `https://id.gs1.org/01/09521141012345/10/${number}`, madeOn: 0 };
}

describe('stock', () => {
  it('gives the oldest lots first and splits a lot', () => {
    const [old, young] = [lot('A'), lot('B')];
    const stock = new Stock();
    stock.add({ lot: old, quantity: 5 });
    stock.add({ lot: young, quantity: 5 });
    expect(stock.take(7)).toEqual([
      { lot: old, quantity: 5 },
      { lot: young, quantity: 2 },
    ]);
    expect(stock.onHand).toBe(3);
  });

  it('gives no more than there is', () => {
    const stock = new Stock();
    expect(stock.take(1)).toEqual([]);
    stock.add({ lot: lot('A'), quantity: 2 });
    expect(stock.take(9)).toHaveLength(1);
    expect(stock.onHand).toBe(0);
  });

  it('joins what arrives of one lot twice', () => {
    const stock = new Stock();
    const only = lot('A');
    stock.add({ lot: only, quantity: 2 });
    stock.add({ lot: only, quantity: 3 });
    expect(stock.take(5)).toEqual([{ lot: only, quantity: 5 }]);
  });
});

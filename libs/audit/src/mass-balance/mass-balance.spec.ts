import { describe, expect, it } from '@jest/globals';
import { massBalance } from './balance.js';
import { causeOf, type Movement } from './movement.js';
import { overspent } from './spending.js';
import { amountOf } from './units.js';
import { CONSERVATION, jointBounds, yieldsOf } from './yield.js';

const ALL = { from: 0, to: 1_000 };
const move = (
  eventId: string,
  time: number,
  cause: Movement['cause'],
  quantity: number,
  uom?: string,
): Movement => ({
  ...{ eventId, time, cause, quantity, uom },
});

describe('amount', () => {
  it('is the same whatever unit it was given in', () => {
    expect(amountOf(1, 'TNE')).toEqual(amountOf(1_000, 'KGM'));
    expect(amountOf(16, 'ONZ').value).toBeCloseTo(amountOf(1, 'LBR').value, 12);
    expect(amountOf(8, 'PT').value).toBeCloseTo(amountOf(1, 'GLL').value, 9);
    expect(amountOf(1, 'MTQ')).toEqual(amountOf(10, 'HLT'));
    expect(amountOf(3, 'DZN')).toEqual(amountOf(36));
  });

  it('of pieces is their content where that is known, and of an unknown code stays by itself', () => {
    expect(amountOf(4, 'H87', { quantity: 250, uom: 'GRM' })).toEqual({ value: 1, unit: 'KGM' });
    expect(amountOf(4, ' xyz ')).toEqual({ value: 4, unit: 'XYZ' });
  });
});

describe('mass balance', () => {
  it('adds up a window over the stock that it began with, in one unit', () => {
    const [balance] = massBalance(
      [
        move('early', 1, 'RECEIVED', 2, 'TNE'),
        move('made', 12, 'PRODUCED', 500, 'KGM'),
        move('sent', 15, 'SHIPPED', 1_800, 'KGM'),
        move('late', 99, 'SHIPPED', 700, 'KGM'),
      ],
      { from: 10, to: 20 },
    );
    expect(balance).toEqual({
      ...{ unit: 'KGM', opening: 2_000, in: 500, out: 1_800, stock: 700, gap: 0 },
      ...{ firstShortfall: null, evidence: ['made', 'sent'] },
    });
  });

  it('counts a gap once and names the event that made it', () => {
    const [balance] = massBalance(
      [
        move('a', 1, 'RECEIVED', 10),
        move('b', 2, 'SHIPPED', 14),
        move('c', 3, 'RECEIVED', 5),
        move('d', 4, 'SOLD', 5),
      ],
      ALL,
    );
    expect(balance).toMatchObject({ gap: 4, stock: 0, firstShortfall: { eventId: 'b', time: 2 } });
  });

  it('holds its identity for any movements: opening + in + gap = out + stock', () => {
    let state = 7;
    const next = (below: number): number => (state = (state * 48_271) % 2_147_483_647) % below;
    const causes = ['RECEIVED', 'SHIPPED', 'SOLD', 'PRODUCED'] as const;
    for (let round = 0; round < 200; round++) {
      const movements = Array.from({ length: next(30) + 1 }, (_, index) =>
        move(`e${index}`, next(100), causes[next(4)]!, next(1_000) / 7, ['KGM', 'LBR', 'GRM'][next(3)]),
      );
      for (const { opening, in: came, gap, out, stock } of massBalance(movements, { from: 20, to: 80 })) {
        expect(opening + came + gap).toBeCloseTo(out + stock, 6);
        expect(Math.min(opening, gap, stock)).toBeGreaterThanOrEqual(0);
      }
    }
  });

  it('does not take rounding for a gap, nor pieces for kilograms', () => {
    const thirds = [1, 2, 3].map((n) => move(`t${n}`, n, 'SHIPPED', 0.1, 'KGM'));
    const [mass] = massBalance([move('in', 0, 'RECEIVED', 0.3, 'KGM'), ...thirds], ALL);
    expect(mass).toMatchObject({ gap: 0, stock: 0 });
    const accounts = massBalance([move('a', 1, 'RECEIVED', 1, 'KGM'), move('b', 2, 'SHIPPED', 1)], ALL);
    expect(accounts.map(({ unit, gap }) => [unit, gap])).toEqual([
      ['KGM', 0],
      ['C62', 1],
    ]);
  });

  it('refuses quantities that are none and windows that end before they begin', () => {
    for (const quantity of [-1, NaN, Infinity])
      expect(() => massBalance([move('x', 1, 'SOLD', quantity)], ALL)).toThrow(/event x: quantity/);
    expect(() => massBalance([], { from: 5, to: 5 })).toThrow(/window/);
  });
});

describe('yield', () => {
  it('of several products is bounded by the widest of them, in whatever order they stand', () => {
    const [cheese, whey] = [
      { min: 0.1, max: 0.2 },
      { min: 0.7, max: 0.9 },
    ];
    expect(jointBounds([cheese, whey])).toEqual({ min: 0.1, max: 0.9 });
    expect(jointBounds([whey, cheese])).toEqual({ min: 0.1, max: 0.9 });
    expect(jointBounds([cheese, undefined])).toEqual({ min: 0, max: 1 });
    expect(jointBounds([])).toEqual(CONSERVATION);
  });

  it('is in bounds up to rounding and says by how much it is not', () => {
    const kilograms = (quantity: number) => [{ quantity, uom: 'KGM' }];
    expect(yieldsOf(kilograms(0.3), kilograms(0.1 + 0.2))[0]).toMatchObject({ excess: 0, loss: 0 });
    expect(yieldsOf(kilograms(100), kilograms(70), { min: 0.8, max: 0.95 })[0]).toMatchObject({ loss: 10 });
    expect(yieldsOf(kilograms(100), kilograms(99), { min: 0.8, max: 0.95 })[0]?.excess).toBeCloseTo(4, 9);
  });

  it('compares only what is in the same unit on both sides', () => {
    expect(yieldsOf([{ quantity: 10, uom: 'LTR' }], [{ quantity: 1, uom: 'KGM' }])).toEqual([]);
    const packs = [{ quantity: 4, netContent: { quantity: 0.5, uom: 'KGM' } }];
    expect(yieldsOf([{ quantity: 1, uom: 'KGM' }], packs)[0]?.excess).toBe(1);
    expect(() => yieldsOf([], [], { min: 0.9, max: 0.8 })).toThrow(/bounds/);
  });
});

describe('certified material', () => {
  it('is spent once, over all sites and in whatever units', () => {
    const entries = [
      { kind: 'MADE', claim: 'lot', eventId: 'm', quantity: 1, uom: 'TNE' },
      { kind: 'SPENT', claim: 'lot', eventId: 's1', quantity: 600, uom: 'KGM' },
      { kind: 'SPENT', claim: 'lot', eventId: 's2', quantity: 600, uom: 'KGM' },
      { kind: 'SPENT', claim: 'nobody knows', eventId: 's3', quantity: 9, uom: 'KGM' },
    ] as const;
    expect(overspent(entries.slice(0, 2))).toEqual([]);
    expect(overspent(entries)).toEqual([
      { claim: 'lot', unit: 'KGM', made: 1_000, spent: 1_200, excess: 200, evidence: ['s1', 's2'] },
    ]);
  });
});

describe('cause of a movement', () => {
  const object = (action: string, bizStep: string | null) =>
    causeOf({ type: 'ObjectEvent', action, bizStep, role: 'EPC' });

  it('follows from what the event says was done', () => {
    expect(object('ADD', 'commissioning')).toBe('COMMISSIONED');
    expect(object('OBSERVE', 'shipping')).toBe('SHIPPED');
    expect(object('OBSERVE', 'receiving')).toBe('RECEIVED');
    expect(object('DELETE', 'destroying')).toBe('DISPOSED');
    expect(object('DELETE', 'retail_selling')).toBe('SOLD');
    expect(object('OBSERVE', 'inspecting')).toBeUndefined();
  });

  it('is consumption and production in a transformation, and none in an aggregation', () => {
    const words = { action: null, bizStep: 'commissioning' };
    expect(causeOf({ ...words, type: 'TransformationEvent', role: 'INPUT' })).toBe('CONSUMED');
    expect(causeOf({ ...words, type: 'TransformationEvent', role: 'OUTPUT' })).toBe('PRODUCED');
    expect(
      causeOf({ type: 'AggregationEvent', action: 'ADD', bizStep: 'shipping', role: 'CHILD' }),
    ).toBeUndefined();
  });
});

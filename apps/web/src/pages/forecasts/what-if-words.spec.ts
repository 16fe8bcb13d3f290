import { describe, expect, it } from '@jest/globals';
import type { Covariate, WhatIf } from '../../network/types.js';
import { hintOf, sumWords } from './what-if-words.js';

const COVARIATES: Covariate[] = [
  { name: 'price', kind: 'RELATIVE', words: [], isHeard: true },
  { name: 'promotion', kind: 'PLAIN', words: [], isHeard: true },
  { name: 'supplier', kind: 'CATEGORY', words: ['north', 'south'], isHeard: false },
];
const points = (...means: [number, number][]): WhatIf['points'] =>
  means.map(([planned, changed], step) => ({
    ...{ step, targetStart: '2026-02-01T00:00:00Z', planned: { mean: planned }, changed: { mean: changed } },
  }));

describe('words of a what if', () => {
  it('show how each covariate is changed, and that prices of a sum change by shares', () => {
    expect(hintOf(COVARIATES, 'PRODUCT_SITE')).toBe(
      'Write price +10 %, promotion = 1, supplier = north; several are joined by commas. Without dates a change holds in all periods to come.',
    );
    expect(hintOf(COVARIATES, 'TOTAL')).toContain('its prices change by shares');
  });

  it('say what the change does in all', () => {
    expect(sumWords('price +10 %', points([10, 9], [10, 8]))).toBe(
      'price +10 %: 17 in all instead of 20, 15.0% less.',
    );
    expect(sumWords('promotion = 1', points([10, 12]))).toContain('20.0% more');
    expect(sumWords('supplier = north', points([10, 10]))).toContain('no change');
    expect(sumWords('price = 1', points([0, 4]))).toBe('price = 1: 4 in all, nothing as planned.');
  });
});

import { describe, expect, it } from '@jest/globals';
import type { Covariate, WhatIf } from '../../network/types.js';
import { hintOf, sourceWords, sumWords, versionWords } from './what-if-words.js';

const COVARIATES: Covariate[] = [
  { name: 'price', kind: 'RELATIVE', words: [], isHeard: true },
  { name: 'promotion', kind: 'PLAIN', words: [], isHeard: true },
  { name: 'supplier', kind: 'CATEGORY', words: ['north', 'south'], isHeard: false },
];
const points = (...means: [number, number][]): WhatIf['points'] =>
  means.map(([planned, changed], step) => ({
    ...{ step, targetStart: '2026-02-01T00:00:00Z', planned: { mean: planned } },
    ...{ changed: { mean: changed }, stored: null },
  }));

describe('words of a what if', () => {
  it('show how each covariate is changed, and that prices of a sum change by shares', () => {
    expect(hintOf(COVARIATES, 'PRODUCT_SITE')).toBe(
      'Write price +10 %, promotion = 1, supplier = north; several are joined by commas. Without dates a change holds in all periods to come.',
    );
    expect(hintOf(COVARIATES, 'TOTAL')).toContain('its prices change by shares');
  });

  it('tell versions apart by whether a vote put them into force', () => {
    const version = {
      ...{
        versionId: `0x${'ab'.repeat(32)}` as const,
        proposedTime: '2026-02-01T12:00:00Z',
        covariates: COVARIATES,
      },
      ...{ measure: 'DEMAND', frequency: 'WEEKLY' },
    } as const;
    expect(versionWords({ ...version, state: 'ACTIVE', isRunning: true })).toMatch(
      /^In force, 1 Feb 2026: 0xabab…abab$/,
    );
    expect(versionWords({ ...version, state: 'PROPOSED', isRunning: false })).toMatch(/^Candidate, /);
    expect(versionWords({ ...version, state: 'RETIRED', isRunning: false })).toMatch(/^Was in force, /);
  });

  it('say where the stored figures come from, and that those of a candidate are in shadow', () => {
    const answer = { covariates: COVARIATES, points: [] };
    const run = { asOf: '2026-02-01T00:00:00Z' };
    expect(sourceWords({ ...answer, state: 'ACTIVE', run })).toContain(
      'from its run of data up to 1 Feb 2026',
    );
    expect(sourceWords({ ...answer, state: 'PROPOSED', run })).toContain('from its run in shadow of data');
    expect(sourceWords({ ...answer, state: 'PROPOSED', run: null })).toContain('No run in shadow');
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

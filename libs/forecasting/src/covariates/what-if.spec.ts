import { describe, expect, it } from '@jest/globals';
import type { CovariatePanel } from './covariate-panel.js';
import { parseChanges, withChanges } from './what-if.js';

const PANEL: CovariatePanel = {
  ...{ frequency: 'monthly', seasonLength: 12 },
  covariates: [
    { name: 'price', kind: 'relative' },
    { name: 'promotion', kind: 'plain' },
    { name: 'supplier', kind: 'category', words: ['north', 'south'] },
  ],
  series: [
    {
      ...{ id: 'a', start: '2026-01-01', values: Float64Array.of(5, 6) },
      covariates: [Float64Array.of(10, 10, 10, 20), Float64Array.of(0, 1, 0, 0), Float64Array.of(0, 0, 0, 0)],
    },
  ],
};
const after = (text: string): number[][] =>
  withChanges(PANEL, parseChanges(text)).series[0]!.covariates.map((path) => [...path]);

describe('a change of covariates', () => {
  it('is read as people write it', () => {
    expect(parseChanges('price +10 %, lead time = 5,promotion=1')).toEqual([
      { name: 'price', by: { times: 1.1 } },
      { name: 'lead time', by: { to: '5' } },
      { name: 'promotion', by: { to: '1' } },
    ]);
    expect(parseChanges('price -0.5')).toEqual([{ name: 'price', by: { plus: -0.5 } }]);
    expect(() => parseChanges('cheaper')).toThrow('what if "cheaper": write price +10 %');
  });

  it('moves what is to come and leaves what was', () => {
    expect(after('price -50 %, promotion = 1, supplier = south')).toEqual([
      [10, 10, 5, 10],
      [0, 1, 1, 1],
      [0, 0, 1, 1],
    ]);
    expect(after('price +1')[0]).toEqual([10, 10, 11, 21]);
  });

  it('is made in the steps alone in which it holds', () => {
    const changed = withChanges(PANEL, parseChanges('promotion = 1'), (step) => step === 1);
    expect([...changed.series[0]!.covariates[1]!]).toEqual([0, 1, 0, 1]);
  });

  it('is refused where the covariate or the word is not known, with those that are', () => {
    expect(() => after('prize +1')).toThrow('"prize" is no covariate; there are price, promotion, supplier');
    expect(() => after('supplier = east')).toThrow(
      '"east" is no supplier that was seen; seen were north, south',
    );
    expect(() => after('supplier +1')).toThrow('supplier is a word: write supplier = north');
    expect(() => after('price = dear')).toThrow('price = "dear" is no number');
  });
});

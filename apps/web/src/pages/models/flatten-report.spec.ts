import { describe, expect, it } from '@jest/globals';
import { flattenReport } from './flatten-report.js';

describe('flattenReport', () => {
  it('gives every leaf its path', () => {
    expect(flattenReport({ model: { smape: 0.12345, n: 7 }, levels: [0.1, 0.9] }).rows).toEqual([
      ['model › smape', '0.123'],
      ['model › n', '7'],
      ['levels', '0.100, 0.900'],
    ]);
  });

  it('says how many values it left out', () => {
    const many = Object.fromEntries(Array.from({ length: 45 }, (_, index) => [`k${index}`, index]));
    expect(flattenReport(many).cut).toBe(5);
  });

  it('takes a report that is a bare text', () => {
    expect(flattenReport('good').rows).toEqual([['value', 'good']]);
  });
});

import { describe, expect, it } from '@jest/globals';
import { assertCovariates } from './covariate-panel.js';
import { readCovariateFile } from './covariate-file.js';

const FILE = `id,time,value,price,promotion,supplier
a,2026-01,5,2.50,0,north
a,2026-02,6,,1,north
a,2026-03,NA,2.75,0,north
a,2026-04,8,2.60,0,
a,2026-05,,2.60,1,
a,2026-06,,2.40,0,
b,2026-02,1,9.00,0,south
b,2026-03,2,9.00,0,south
b,2026-04,,8.00,0,
b,2026-05,,8.00,1,
`;
const request = { horizon: 2, columns: { id: 'id', time: 'time', value: 'value' } };
const NAMES = ['price', 'promotion', 'supplier'];

describe('a file with covariates', () => {
  it('has values up to the last that is given, and covariates beyond', () => {
    const { panel, period, timeOf } = readCovariateFile(FILE, request, NAMES);
    expect(panel.covariates).toEqual([
      { name: 'price', kind: 'relative' },
      { name: 'promotion', kind: 'plain' },
      { name: 'supplier', kind: 'category', words: ['north', 'south'] },
    ]);
    expect(panel.series.map(({ values }) => [...values])).toEqual([
      [5, 6, NaN, 8],
      [1, 2],
    ]);
    expect(panel.series[0]!.covariates.map((path) => [...path])).toEqual([
      [2.5, 2.5, 2.75, 2.6, 2.6, 2.4],
      [0, 1, 0, 0, 1, 0],
      [0, 0, 0, 0, 0, 0],
    ]);
    expect([period, timeOf('a', 1), timeOf('b', 2)]).toEqual(['MONTHLY', '2026-05-01', '2026-05-01']);
    expect(() => assertCovariates(panel, 2)).not.toThrow();
  });

  it('is refused where the future of a number is not given, with the place', () => {
    const { panel } = readCovariateFile(FILE, { ...request, horizon: 3 }, NAMES);
    expect(() => assertCovariates(panel, 3)).toThrow(
      'series "a": covariate "price" is not known in step 3 of the forecast',
    );
  });

  it('is refused where a column is not there', () => {
    expect(() => readCovariateFile(FILE, request, ['colour'])).toThrow(
      'line 1, colour: no such column; the file has id, time',
    );
  });
});

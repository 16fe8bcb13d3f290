import { describe, expect, it } from '@jest/globals';
import { classesOf } from './classes.js';
import { forecastLines } from './forecast-lines.js';
import { readPanelFile } from './panel-file.js';

const HEADER = 'id,period,type,m,h,train,test';
const file = (...rows: string[]): string => [HEADER, ...rows].join('\n');

describe('panel file', () => {
  it('reads numbers, NA as missing, and what came', () => {
    const [one] = readPanelFile(file('a,MONTHLY,X,12,2,1;NA;-3.5e2,4;NA'));
    expect(one).toMatchObject({ id: 'a', period: 'MONTHLY', seasonLength: 12, horizon: 2 });
    expect([...one!.train]).toEqual([1, NaN, -350]);
    expect([...one!.test]).toEqual([4, NaN]);
  });

  it.each([
    ['a,M,X,0,2,1;2,3;4', 'line 2, m'],
    ['a,M,X,12,1e9,1;2,3;4', 'line 2, h'],
    ['a,M,X,12,2,1;x,3;4', 'line 2, train: value 2: "x"'],
    ['a,M,X,12,2,1;Infinity,3;4', 'line 2, train'],
    ['a,M,X,12,2,1;2,3', 'line 2, test: holds 1 values, h says 2'],
    ['=cmd(),M,X,12,2,1;2,3;4', 'line 2, id'],
  ])('refuses %s by line and column', (row, words) => {
    expect(() => readPanelFile(file(row))).toThrow(words);
  });

  it('refuses an id used twice and a file without the columns', () => {
    expect(() => readPanelFile(file('a,M,X,1,1,1,1', 'a,M,X,1,1,1,1'))).toThrow('"a" occurs twice');
    expect(() => readPanelFile('x,y\n1,2')).toThrow('expected the columns id, period, m, h, train');
    expect(() => readPanelFile('')).toThrow('expected the columns');
  });

  it('series of one period, season and horizon are one class, with the seasons of that period', () => {
    const classes = classesOf(
      readPanelFile(file('a,Hourly,X,24,1,1,1', 'b,Hourly,X,24,1,1,1', 'c,Weekly,X,1,1,1,1')),
    );
    expect(classes.map(({ series, seasons }) => [series.length, seasons])).toEqual([
      [2, [24, 168]],
      [1, [52]],
    ]);
  });

  it('a forecast is one line a step', () => {
    const [one] = readPanelFile(file('a,M,X,1,1,1,1'));
    const quantiles = [1, 2, 3, 4, 5, 6].map((value) => Float64Array.of(value));
    expect(forecastLines(one!, { mean: Float64Array.of(3), quantiles })).toEqual(['a,1,3,2,4,1,6']);
  });
});

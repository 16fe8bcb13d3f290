import { describe, expect, it } from '@jest/globals';
import { readDatedFile } from './dated-file.js';

const columns = { id: 'id', time: 'time', value: 'value' };
const read = (lines: readonly string[], horizon = 2) =>
  readDatedFile(['id,time,value', ...lines].join('\n'), { horizon, columns });
const ahead = (times: readonly string[]): string[] => {
  const [series] = read(times.map((time, at) => `a,${time},${at}`));
  return [series!.period, String(series!.seasonLength), series!.timeOf(1), series!.timeOf(2)];
};

describe('readDatedFile', () => {
  it.each([
    [
      ['2026-01', '2026-02', '2026-04'],
      ['MONTHLY', '12', '2026-05-01', '2026-06-01'],
    ],
    [
      ['2025-11-30', '2025-12-31', '2026-01-31'],
      ['MONTHLY', '12', '2026-02-28', '2026-03-31'],
    ],
    [
      ['2025-01-01', '2025-04-01', '2025-07-01'],
      ['QUARTERLY', '4', '2025-10-01', '2026-01-01'],
    ],
    [
      ['2023-06-01', '2024-06-01'],
      ['YEARLY', '1', '2025-06-01', '2026-06-01'],
    ],
    [
      ['2026-01-05', '2026-01-12', '2026-02-02'],
      ['WEEKLY', '52', '2026-02-09', '2026-02-16'],
    ],
    [
      ['2026-02-27', '2026-02-28', '2026-03-02'],
      ['DAILY', '7', '2026-03-03', '2026-03-04'],
    ],
    [
      ['2026-01-01T00:00:00+02:00', '2026-01-01 00:00', '2026-01-01T01:00Z'],
      ['HOURLY', '24', '2026-01-01T02:00:00Z', '2026-01-01T03:00:00Z'],
    ],
    [
      ['2026-01-01T00:00', '2026-01-01T00:15', '2026-01-01T00:45'],
      ['EVERY 15 MINUTES', '96', '2026-01-01T01:00:00Z', '2026-01-01T01:15:00Z'],
    ],
  ])('finds the calendar of %p', (times, expected) => {
    expect(ahead(times)).toEqual(expected);
  });

  it('leaves a gap where a row is missing or its value is, each series from its own first row', () => {
    const [a, b] = read([
      'a,2026-01-01,1',
      'b,2026-01-03,7',
      'a,2026-01-04,4',
      'a,2026-01-02,NA',
      'b,2026-01-04,',
    ]);
    expect([...a!.train]).toEqual([1, NaN, NaN, 4]);
    expect([...b!.train]).toEqual([7, NaN]);
    expect(b!.timeOf(1)).toBe('2026-01-05');
  });

  it('takes a file without ids for one series, and other columns by their names', () => {
    const text = 'ds,y,note\n2026-01-01,1,x\n2026-01-02,2,y\n';
    const [only] = readDatedFile(text, {
      horizon: 1,
      seasonLength: 30,
      columns: { id: 'id', time: 'ds', value: 'y' },
    });
    expect([only!.id, only!.seasonLength, ...only!.train]).toEqual(['series', 30, 1, 2]);
  });

  it.each([
    [['a,2026-02-30,1'], /line 2, time: "2026-02-30" is no moment; write 2026-01-31/],
    [['a,yesterday,1'], /line 2, time: "yesterday" is no moment/],
    [['a,2026-01-01,1', 'a,2026-01-01,2'], /line 3, time: series "a" has 2026-01-01 twice/],
    [['a,2026-01-01,many'], /line 2, value: "many" is neither a number nor NA/],
    [['=cmd(),2026-01-01,1'], /line 2, id: must be/],
    [['a,2026-01-01,1'], /no series has two moments/],
    [
      ['a,2026-01-01T00:00:00Z,1', 'a,2026-01-01T00:00:01Z,1', 'a,2026-01-02T00:00:00Z,1'],
      /series "a": its moments share no spacing wider than every 1 seconds.*put its rows on an even calendar first/,
    ],
  ])('refuses %p', (lines, message) => {
    expect(() => read(lines)).toThrow(message);
  });

  it('refuses a file without the columns, and a horizon that is none', () => {
    expect(() => readDatedFile('a,b\n1,2\n', { horizon: 1, columns })).toThrow(
      /line 1, time: no such column.*a, b/,
    );
    expect(() => read(['a,2026-01-01,1'], 0)).toThrow(/horizon: 0 is not a whole number from 1 to 1000/);
  });
});

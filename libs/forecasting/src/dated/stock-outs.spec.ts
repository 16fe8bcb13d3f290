import { describe, expect, it } from '@jest/globals';
import { forecastDated } from './forecast-dated.js';
import { readDatedFile } from './dated-file.js';
import { readDatedHierarchy } from './dated-hierarchy.js';

const columns = { id: 'id', time: 'time', value: 'value', stockOut: 'out' };
const request = { horizon: 3, columns };
const file = (lines: readonly string[]): string => ['id,time,value,out', ...lines].join('\n');
const month = (at: number): string =>
  `${2023 + Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`;
const trained = (lines: readonly string[]): number[] => [...readDatedFile(file(lines), request)[0]!.train];

describe('periods in which stock ran out', () => {
  it('are missing, but for those in which more was sold than would be filled in', () => {
    expect(trained(['a,2026-01,10,', 'a,2026-02,3,1', 'a,2026-03,12,0', 'a,2026-04,19,yes'])).toEqual([
      ...[10, NaN, 12, 19],
    ]);
    expect(trained(['a,2026-01,2,true', 'a,2026-02,3,no', 'a,2026-03,3,1'])).toEqual([NaN, 3, NaN]);
  });

  it('say what little they can where there are no others', () => {
    expect(trained(['a,2026-01,10,1', 'a,2026-02,3,1'])).toEqual([10, 3]);
  });

  it('no longer pull the forecast down', async () => {
    const truth = Array.from({ length: 36 }, (_, at) => 100 + 20 * Math.sin((2 * Math.PI * at) / 12));
    const isOut = (at: number): boolean => at >= 33 || at % 11 === 4;
    const lines = truth.map(
      (value, at) => `a,${month(at)},${isOut(at) ? 0 : value.toFixed(2)},${isOut(at) ? 1 : 0}`,
    );
    const ahead = [36, 37, 38].map((at) => 100 + 20 * Math.sin((2 * Math.PI * at) / 12));
    const errorOf = async (stockOut: string | undefined): Promise<number> => {
      const { stockOut: _, ...plain } = columns;
      const asked = { horizon: 3, columns: stockOut ? columns : plain };
      const [made] = await forecastDated(readDatedFile(file(lines), asked), {});
      return (
        ahead.reduce((sum, value, at) => sum + Math.abs(made!.forecast.mean[at]! - value) / value, 0) / 3
      );
    };
    const [told, untold] = [await errorOf('out'), await errorOf(undefined)];
    expect(told).toBeLessThan(0.15);
    expect(untold).toBeGreaterThan(3 * told);
  });

  it('count in sums as what fills them', () => {
    const lines = [
      'a,2026-01,10,0',
      'a,2026-02,0,1',
      'a,2026-03,10,0',
      'b,2026-01,5,0',
      'b,2026-02,5,0',
      'b,2026-03,5,0',
    ];
    const text = ['id,time,value,out,group', ...lines.map((line) => `${line},g`)].join('\n');
    const { series } = readDatedHierarchy(text, request, [['group']]);
    expect([...series.find(({ id }) => id === 'all')!.train]).toEqual([15, 15, 15]);
  });

  it.each([
    ['id,time,value\na,2026-01,1\na,2026-02,1', 'out: no such column'],
    ['id,time,value,out\na,2026-01,1,0\na,2026-02,1,maybe', 'line 3.*out.*"maybe" is neither'],
  ])('are refused with line, column and reason in %j', (text, reason) => {
    expect(() => readDatedFile(text, request)).toThrow(new RegExp(reason));
  });
});

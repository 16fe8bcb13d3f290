import { describe, expect, it } from '@jest/globals';
import { backtest } from '../backtest/backtest.js';
import type { Forecaster } from '../contract/forecaster.js';
import type { Panel } from '../contract/panel.js';
import { localForecaster } from '../methods/local-forecaster.js';
import { naive } from '../methods/naive.js';
import type { GrainRow } from '../series/grain-hierarchy.js';
import { periodIndex, periodStartMs } from '../series/periods.js';
import { CovariateBook } from '../statements/covariate-book.js';
import { STOCK_OUT, type CovariateStatement } from '../statements/statement.js';
import { leastWanted } from './least-wanted.js';
import { stockOutsOfPanel } from './stock-outs.repository.js';
import { StockOuts, type StockOutRecord } from './stock-outs.js';

const MONTHS = 24;
const END = periodIndex(Date.parse('2026-01-01'), 'monthly');
const NOW = periodStartMs(END, 'monthly');
const row = (id: string, grain: string, product: string | null, site: string | null): GrainRow => ({
  ...{ id, grain, product, site, partner: '0xa', productGroup: null, country: null },
});
const LEAVES = [row('a', 'PRODUCT_SITE', 'p1', 's'), row('b', 'PRODUCT_SITE', 'p2', 's')];
const SUM = row('sum', 'SITE', null, 's');
/** June 2025. */
const JUNE = 17;
const sold = (level: number, inJune: number): Float64Array =>
  Float64Array.from({ length: MONTHS }, (_, at) => (at === JUNE ? inJune : level + (at % 2)));
const SOLD: Record<string, Float64Array> = { a: sold(10, 2), b: sold(30, 31), sum: sold(40, 33) };
const series = (id: string) => ({ id, start: '2024-01-01', values: SOLD[id]! });
const PANEL: Panel = {
  ...{ frequency: 'monthly', seasonLength: 12 },
  series: ['a', 'b', 'sum'].map(series),
};

let seq = 0;
const said = (
  days: [string, string],
  over: Partial<CovariateStatement> = {},
  saidAt = '2025-07-01',
): CovariateStatement => ({
  ...{ seq: ++seq, partner: '0xa', product: 'p1', name: STOCK_OUT, value: 1, site: 's', saidBy: '0xa' },
  ...{ firstDay: days[0], lastDay: days[1], saidAt: new Date(saidAt), ...over },
});
const record = (...statements: CovariateStatement[]): StockOutRecord => ({
  ...{ frequency: 'monthly', seasonLength: 12, book: new CovariateBook(statements) },
  ...{ leaves: LEAVES.map((leaf) => ({ ...leaf, ...series(leaf.id) })), rows: [...LEAVES, SUM] },
});
const known = (...statements: CovariateStatement[]): StockOuts =>
  new StockOuts(record(...statements), END, NOW);
const A_WEEK: [string, string] = ['2025-06-09', '2025-06-15'];

describe('what was wanted', () => {
  it('is missing where stock ran out, unless more was sold than would be filled in', () => {
    const out = (at: number): boolean => at === 1;
    expect([...leastWanted(new Float64Array([8, 1, 8]), out, 1)]).toEqual([8, NaN, 8]);
    expect([...leastWanted(new Float64Array([8, 9, 8]), out, 1)]).toEqual([8, 9, 8]);
    expect([...leastWanted(new Float64Array([3, 4]), () => true, 1)]).toEqual([3, 4]);
  });

  it('is missing at the site of which it was said, and its sums count what fills the gap', () => {
    const found = known(said(A_WEEK));
    expect(found.wanted(series('a')).values[JUNE]).toBeNaN();
    expect(found.wanted(series('b'))).toEqual(series('b'));
    // A year before 11 were sold, 9 more than now.
    expect(found.wanted(series('sum')).values[JUNE]).toBe(42);
    expect([...found.wanted(series('sum')).values.slice(0, JUNE)]).toEqual([...SOLD['sum']!.slice(0, JUNE)]);
    expect(known(said(A_WEEK, { site: 'elsewhere' })).wanted(series('a'))).toEqual(series('a'));
    expect(known(said(A_WEEK, { site: null })).wanted(series('a')).values[JUNE]).toBeNaN();
  });

  it('is what was sold where the shelf was empty for less than a tenth of the period, or it was taken back', () => {
    expect(known(said(['2025-06-09', '2025-06-10'])).wanted(series('a'))).toEqual(series('a'));
    expect(known(said(A_WEEK, { value: 0.4 })).wanted(series('a'))).toEqual(series('a'));
    const taken = said(A_WEEK, { value: 0 }, '2025-07-02');
    expect(known(said(A_WEEK), taken).wanted(series('a'))).toEqual(series('a'));
  });

  it('is no outcome at the site, nor in a sum of which much was filled in', () => {
    const found = known(said(A_WEEK));
    expect(found.outcome(series('a')).values[JUNE]).toBeNaN();
    expect(found.outcome(series('sum')).values[JUNE]).toBeNaN();
    const period = END - MONTHS + JUNE;
    expect(['a', 'b', 'sum'].map((id) => found.isLeftOut(id, period, SOLD[id]![JUNE]!))).toEqual([
      ...[true, false, true],
    ]);
    const little = known(said(A_WEEK, { product: 'p2' }));
    expect(little.outcome(series('b')).values[JUNE]).toBeNaN();
    expect(little.outcome(series('sum'))).toEqual(series('sum'));
    expect(little.isLeftOut('sum', period, 33)).toBe(false);
  });
});

describe('a backtest', () => {
  const OPTIONS = { horizon: 2, levels: [0.5], folds: 6, seed: 1 };
  /** What the forecaster was shown of June, by the month in which it stood. */
  const shown = async (saidAt: string): Promise<Map<number, readonly number[]>> => {
    const found = new Map<number, readonly number[]>();
    const statement = said(A_WEEK, {}, saidAt);
    const record_ = record(statement);
    const knownNow = { upTo: statement.seq, known: new StockOuts(record_, END, NOW), record: record_ };
    const stockOuts = stockOutsOfPanel(PANEL, knownNow);
    const watching: Forecaster = {
      name: 'watching',
      fit(panel, context) {
        const length = panel.series[0]!.values.length;
        found.set(length, [panel.series[0]!.values[JUNE]!, panel.series[2]!.values[JUNE]!]);
        return localForecaster(naive).fit(panel, context);
      },
    };
    const candidate = { label: 'watching', create: () => watching };
    const { asSaid, outcomes } = stockOuts;
    await backtest(outcomes, [candidate], { ...OPTIONS, asSaid });
    return found;
  };

  it('learns of a stock-out when it was said, and no origin before knows it', async () => {
    const sooner = await shown('2025-07-01');
    const later = await shown('2025-10-15');
    expect([...later.keys()]).toEqual([17, 18, 19, 20, 21, 22]);
    for (const [length, [product, sum]] of later)
      expect([length, product, sum]).toEqual(
        length <= JUNE ? [17, undefined, undefined] : length <= 21 ? [length, 2, 33] : [22, NaN, 42],
      );
    expect(sooner.get(18)).toEqual([2, 33]);
    expect(sooner.get(19)).toEqual([NaN, 42]);
  });

  it('holds no forecast against what was sold while stock ran out', async () => {
    const stockOuts = stockOutsOfPanel(PANEL, {
      ...{ upTo: 1, record: record(said(A_WEEK)), known: known(said(A_WEEK)) },
    });
    const options = { ...OPTIONS, folds: 1, horizon: 7 };
    const { outcomes, asSaid } = stockOuts;
    const errors = async (panel: Panel, over = {}): Promise<number[]> => {
      const { scores } = await backtest(panel, [], { ...options, ...over });
      return scores.filter(({ model }) => model === 'naive').map(({ mae }) => mae);
    };
    const [plain, left] = [await errors(PANEL), await errors(outcomes, { asSaid })];
    expect(left[0]).toBeLessThan(plain[0]!);
    expect(left[1]).toBe(plain[1]);
  });
});

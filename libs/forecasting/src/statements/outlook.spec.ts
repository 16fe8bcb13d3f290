import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@tallyhouse/compute';
import { backtest } from '../backtest/backtest.js';
import { firstPeriod } from '../backtest/slice.js';
import type { Forecaster } from '../contract/forecaster.js';
import type { Panel } from '../contract/panel.js';
import type { Covariate, CovariatePanel } from '../covariates/covariate-panel.js';
import { reconciledForecaster } from '../hierarchy/reconciled-forecaster.js';
import { localForecaster } from '../methods/local-forecaster.js';
import { naive } from '../methods/naive.js';
import { grainHierarchy, type GrainRow } from '../series/grain-hierarchy.js';
import { periodIndex } from '../series/periods.js';
import { CovariateBook } from './covariate-book.js';
import { informedForecaster, withOutlook, type Outlook } from './outlook.js';
import type { CovariateStatement } from './statement.js';

const COVARIATES: Covariate[] = [
  { name: 'price', kind: 'relative' },
  { name: 'promotion', kind: 'plain' },
  { name: 'supplier', kind: 'category', words: ['north', 'south'] },
];
const LENGTH = 24;
const row = (id: string, grain: string, product: string | null, site: string | null): GrainRow => ({
  ...{ id, grain, product, site, partner: '0xa', productGroup: null, country: null },
});
const ROWS = [
  row('a', 'PRODUCT_SITE', 'p1', 's'),
  row('b', 'PRODUCT_SITE', 'p2', 's'),
  row('sum', 'SITE', null, 's'),
];
const LEVEL: Record<string, number> = { a: 30, b: 10, sum: 40 };
const PANEL: Panel = {
  ...{ frequency: 'monthly', seasonLength: 12 },
  series: ROWS.map(({ id }) => ({
    id,
    start: '2024-01-01',
    values: Float64Array.from({ length: LENGTH }, (_, at) => LEVEL[id]! + (at % 3)),
  })),
};
let seq = 0;
const said = (
  product: string,
  name: string,
  value: number | string,
  month: string,
  saidAt = '2023-12-01',
): CovariateStatement => ({
  ...{ seq: ++seq, partner: '0xa', product, site: null, name, value, saidBy: '0xa' },
  ...{ firstDay: `${month}-01`, lastDay: `${month}-28`, saidAt: new Date(saidAt) },
});
const outlook = (statements: CovariateStatement[], over: Partial<Outlook> = {}): Outlook => ({
  ...{ book: new CovariateBook(statements), covariates: COVARIATES, rows: ROWS },
  ...{ hierarchy: grainHierarchy(ROWS), end: periodIndex(Date.parse('2026-01-01'), 'monthly') },
  ...{ now: new Date('2026-01-20'), steps: 3, ...over },
});
const pathOf = (panel: CovariatePanel, id: string, at: number): number[] => [
  ...panel.series.find((one) => one.id === id)!.covariates[at]!,
];

describe('the outlook of a panel', () => {
  it('is known for every period and every step asked for, and changes nothing where nothing was said', () => {
    const panel = withOutlook(PANEL, outlook([]));
    for (const { covariates } of panel.series)
      expect(covariates.map((path) => [path.length, path[0]])).toEqual([
        [LENGTH + 3, 1],
        [LENGTH + 3, 0],
        [LENGTH + 3, -1],
      ]);
  });

  it('of a sum is the mean over its parts by what they sold, prices as shares of what they were', () => {
    const statements = [
      said('p1', 'price', 200, '2024-01'),
      said('p2', 'price', 5, '2024-01'),
      said('p1', 'price', 220, '2026-02'),
      said('p2', 'promotion', 1, '2026-03'),
      said('p1', 'supplier', 'north', '2024-01'),
      said('p2', 'supplier', 'north', '2024-01'),
      said('p2', 'supplier', 'south', '2026-03'),
    ];
    const panel = withOutlook(PANEL, outlook(statements));
    const share =
      panel.series[0]!.values.reduce((sum, value) => sum + value, 0) /
      PANEL.series.slice(0, 2).reduce((sum, { values }) => sum + values.reduce((a, b) => a + b, 0), 0);
    const price = pathOf(panel, 'sum', 0);
    expect(price[LENGTH]).toBeCloseTo(1, 6);
    expect(price[LENGTH + 2]).toBeCloseTo(share * 1.1 + (1 - share), 3);
    expect(pathOf(panel, 'sum', 1)[LENGTH + 2]).toBeCloseTo((1 - share) * (28 / 31), 6);
    expect(pathOf(panel, 'sum', 2).slice(LENGTH)).toEqual([0, 0, -1]);
  });

  it('of a panel that is cut earlier holds what had been said when it ends, of the whole one what was said by now', () => {
    const late = said('p1', 'promotion', 1, '2026-03', '2026-01-15');
    const panel = withOutlook(PANEL, outlook([late]));
    expect(pathOf(panel, 'a', 1)[LENGTH + 2]).toBeGreaterThan(0);
    const early = withOutlook(PANEL, outlook([late], { now: new Date('2026-01-10') }));
    expect(pathOf(early, 'a', 1)[LENGTH + 2]).toBe(0);
  });
});

/** Fails when it is shown a promotion of which nothing had been said when its panel ends. */
function watching(saidAt: number, seen: string[]): Forecaster {
  const inner = localForecaster(naive);
  return {
    name: 'watching',
    fit(panel, context) {
      const { frequency, series } = panel;
      const end = Math.max(...series.map((one) => firstPeriod(one, frequency) + one.values.length));
      const isTold = (panel as CovariatePanel).series.some(({ covariates }) =>
        covariates[1]!.some((value) => value > 0),
      );
      const mayKnow = end > saidAt;
      seen.push(`${mayKnow ? 'may' : 'must not'} know, ${isTold ? 'knows' : 'does not'}`);
      return inner.fit(panel, context);
    },
  };
}

describe('a forecaster that is told covariates', () => {
  const saidIn = periodIndex(Date.parse('2025-09-01'), 'monthly');
  /** Of a month long before every origin, said in September 2025 alone: the leak that is planted. */
  const LEAK = said('p1', 'promotion', 1, '2024-06', '2025-09-10');
  const told = (seen: string[], statement = LEAK): Forecaster =>
    informedForecaster(watching(saidIn, seen), outlook([statement], { steps: 4 }));

  it('is shown nothing in a backtest that was said after an origin', async () => {
    const seen: string[] = [];
    await backtest(PANEL, [{ label: 'told', create: () => told(seen) }], {
      ...{ horizon: 3, levels: [0.5], folds: 6, seed: 1 },
    });
    expect(new Set(seen)).toEqual(new Set(['must not know, does not', 'may know, knows']));
  });

  it('is shown nothing either where its past errors are looked at to reconcile sums and parts', async () => {
    const seen: string[] = [];
    const forecaster = reconciledForecaster(told(seen), grainHierarchy(ROWS));
    const fitted = await forecaster.fit(PANEL, { rng: seededRandom(1) });
    await fitted.predict(3, [0.5]);
    expect(seen.length).toBeGreaterThan(4);
    expect(new Set(seen)).toEqual(new Set(['must not know, does not', 'may know, knows']));
  });

  it('would be caught if it were: the same said before all origins is known at each', async () => {
    const seen: string[] = [];
    const leaking = { ...LEAK, saidAt: new Date('2023-12-01') };
    await backtest(PANEL, [{ label: 'told', create: () => told(seen, leaking) }], {
      ...{ horizon: 3, levels: [0.5], folds: 6, seed: 1 },
    });
    expect(seen).toContain('must not know, knows');
  });
});

import { seededRandom, type Random } from '@tallyhouse/compute';
import { CovariateBook, STOCK_OUT, StockOuts, type CovariateStatement, type Panel } from '../src/index.js';
import { periodIndex, periodStart, periodStartMs } from '../src/series/periods.js';

const START = periodIndex(Date.parse('2019-01-01'), 'monthly');
const DAY_MS = 86_400_000;
const dayOf = (ms: number): string => new Date(ms).toISOString().slice(0, 10);

/** How large a world is, and how often stock runs out in it. */
export interface StockedShape {
  readonly products: number;
  readonly sites: number;
  /** Months that are known, and months after them. */
  readonly length: number;
  readonly horizon: number;
  /**
   * That stock of a product at a site runs out in a month, whatever is wanted; `full` where a shelf holds a twentieth more than is
   * usual in a month, and runs out when more is wanted.
   */
  readonly chance: number | 'full';
}

/** Products at sites and their sums, months by months, as they were wanted and as they were sold. */
export interface StockedWorld {
  /** What was wanted, which nobody knows. */
  readonly demanded: Panel;
  readonly sold: Panel;
  /** What was sold, with what partners say of stock-outs. */
  readonly stated: Panel;
  /** What is wanted in the months after. */
  readonly outcomes: ReadonlyMap<string, Float64Array>;
  /** Ids of products at sites. */
  readonly leaves: ReadonlySet<string>;
  /** Share of demand that was not sold. */
  readonly lost: number;
}

interface Leaf {
  readonly product: string;
  readonly site: string;
  readonly wanted: Float64Array;
  readonly sold: Float64Array;
  readonly statements: readonly Pick<CovariateStatement, 'firstDay' | 'lastDay' | 'saidAt'>[];
}

/**
 * Demand with a level, a season and noise of 10 %; a shelf that runs out by chance is empty for a quarter to all of the days of its
 * month, one that was emptied by demand for the days on which the rest was wanted.
 */
export function stockedWorld(seed: number, shape: StockedShape): StockedWorld {
  const random = seededRandom(seed);
  const { products, sites, length } = shape;
  const leaves = Array.from({ length: products * sites }, (_, at) =>
    leafOf(random, shape, `p${Math.floor(at / sites)}`, `s${at % sites}`),
  );
  const rows = [
    ...leaves.map(({ product, site }) => rowOf('PRODUCT_SITE', product, site)),
    ...Array.from({ length: products }, (_, at) => rowOf('PRODUCT', `p${at}`, null)),
    ...Array.from({ length: sites }, (_, at) => rowOf('SITE', null, `s${at}`)),
    rowOf('TOTAL', null, null),
  ];
  const panelOf = (values: (leaf: Leaf) => Float64Array, from: number, to: number): Panel => ({
    ...{ frequency: 'monthly', seasonLength: 12 },
    series: rows.map(({ id, product, site }) => {
      const parts = leaves.filter(
        (leaf) => (product === null || leaf.product === product) && (site === null || leaf.site === site),
      );
      const sums = Float64Array.from({ length: to - from }, (_, month) =>
        parts.reduce((sum, leaf) => sum + values(leaf)[from + month]!, 0),
      );
      return { id, start: periodStart(START + from, 'monthly'), values: sums };
    }),
  });
  const sold = panelOf((leaf) => leaf.sold, 0, length);
  const after = panelOf((leaf) => leaf.wanted, length, length + shape.horizon);
  const byId = new Map(sold.series.map((one) => [one.id, one]));
  const record = {
    ...{ frequency: 'monthly' as const, seasonLength: 12, rows, book: new CovariateBook(said(leaves)) },
    leaves: rows
      .filter(({ grain }) => grain === 'PRODUCT_SITE')
      .map((row) => ({ ...row, ...byId.get(row.id)! })),
  };
  const end = START + length;
  const stockOuts = new StockOuts(record, end, periodStartMs(end, 'monthly'));
  const sum = (values: (leaf: Leaf) => Float64Array): number =>
    leaves.reduce(
      (all, leaf) =>
        all +
        values(leaf)
          .slice(0, length)
          .reduce((a, b) => a + b, 0),
      0,
    );
  return {
    demanded: panelOf((leaf) => leaf.wanted, 0, length),
    sold,
    stated: { ...sold, series: sold.series.map((one) => stockOuts.wanted(one)) },
    outcomes: new Map(after.series.map(({ id, values }) => [id, values])),
    leaves: new Set(record.leaves.map(({ id }) => id)),
    lost: 1 - sum((leaf) => leaf.sold) / sum((leaf) => leaf.wanted),
  };
}

const rowOf = (grain: string, product: string | null, site: string | null) => ({
  ...{ id: [grain, product ?? '', site ?? ''].join('|'), grain, product, site },
  ...{ partner: '0xa', productGroup: null, country: null },
});

function leafOf(random: Random, shape: StockedShape, product: string, site: string): Leaf {
  const level = 40 * Math.exp(0.6 * random.normal());
  const [depth, phase] = [0.1 + 0.3 * random.uniform(), 12 * random.uniform()];
  const statements: Leaf['statements'][number][] = [];
  const months = shape.length + shape.horizon;
  const usual = Float64Array.from(
    { length: months },
    (_, month) => level * (1 + depth * Math.sin((2 * Math.PI * (month + phase)) / 12)),
  );
  const wanted = usual.map((value) => Math.max(0, Math.round(value * (1 + 0.1 * random.normal()))));
  const sold = wanted.map((value, month) => {
    const share = lostShare(random, shape.chance, value, usual[month]!);
    if (share === 0 || month >= shape.length) return value;
    const [begin, end] = [START + month, START + month + 1].map((at) => periodStartMs(at, 'monthly'));
    const days = Math.max(1, Math.round(share * ((end! - begin!) / DAY_MS)));
    const firstDay = dayOf(end! - days * DAY_MS);
    statements.push({ firstDay, lastDay: dayOf(end! - DAY_MS), saidAt: new Date(end! - DAY_MS) });
    return Math.round(value * (1 - share));
  });
  return { product, site, wanted, sold, statements };
}

/** Share of the month in which the shelf is empty. */
function lostShare(random: Random, chance: StockedShape['chance'], wanted: number, usual: number): number {
  if (chance === 'full') return Math.max(0, 1 - (1.05 * usual) / Math.max(1, wanted));
  const [isOut, share] = [random.uniform() < chance, 0.25 + 0.75 * random.uniform()];
  return isOut ? share : 0;
}

const said = (leaves: readonly Leaf[]): CovariateStatement[] =>
  leaves
    .flatMap(({ product, site, statements }) =>
      statements.map((one) => ({ ...one, partner: '0xa', product, site, name: STOCK_OUT, value: 1 })),
    )
    .map((one, at) => ({ ...one, seq: at + 1, saidBy: 'shop' }));

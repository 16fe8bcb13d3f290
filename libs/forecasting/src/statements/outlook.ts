import { firstPeriod, panelEnd } from '../backtest/slice.js';
import type { Forecaster } from '../contract/forecaster.js';
import type { Panel, SeriesInput } from '../contract/panel.js';
import type { Covariate, CovariatePanel } from '../covariates/covariate-panel.js';
import type { Hierarchy } from '../hierarchy/hierarchy.js';
import type { GrainRow } from '../series/grain-hierarchy.js';
import { periodStartMs } from '../series/periods.js';
import type { DatedPanel } from '../series/panel.repository.js';
import { CovariateBook, type Periods } from './covariate-book.js';
import type { CovariateStatement } from './statement.js';

/** What was said of the series of a panel. */
export interface Outlook {
  readonly book: CovariateBook;
  /** In the order in which a network takes them. */
  readonly covariates: readonly Covariate[];
  readonly rows: readonly GrainRow[];
  readonly hierarchy: Hierarchy;
  /** Number of the first period that the whole panel does not know. */
  readonly end: number;
  /** Up to when things were said that the whole panel knows; a panel that was cut earlier knows what was said before it ends. */
  readonly now: Date;
  /** Periods after the end for which covariates are wanted. */
  readonly steps: number;
}

/** What a model takes of covariates. */
export interface TakenCovariates {
  readonly covariates: readonly Covariate[];
  /** Steps that it forecasts at once: it wants to know as many beyond what is asked of it. */
  readonly block: number;
}

/** The outlook of a panel as it is read from the database. */
export const outlookOf = (
  { rows, hierarchy, end }: Pick<DatedPanel, 'rows' | 'hierarchy' | 'end'>,
  statements: readonly CovariateStatement[],
  { taken, now, steps }: { readonly taken: TakenCovariates; readonly now: Date; readonly steps: number },
): Outlook => ({
  ...{ rows, hierarchy, end, now, covariates: taken.covariates },
  book: new CovariateBook(statements),
  steps: steps + taken.block,
});

/** A leaf of a panel with its covariates over all periods of the panel. */
interface Leaf {
  readonly paths: readonly Float64Array[];
  /** Units observed: how much it counts in its sums. */
  readonly weight: number;
}

/** One that nothing was said of is what changes nothing. */
const neutral = ({ kind }: Covariate, length: number): Float64Array =>
  new Float64Array(length).fill(kind === 'relative' ? 1 : kind === 'category' ? -1 : 0);

/**
 * A panel with the covariates of its series as far as they were known when it ends. The covariates of a sum are the means over its parts,
 * each counting as much as was observed of it; prices as shares of what they were, a word where all have the same.
 */
export function withOutlook(panel: Panel, outlook: Outlook): CovariatePanel {
  const { covariates, steps } = outlook;
  const { frequency } = panel;
  const end = panelEnd(panel);
  const before = end >= outlook.end ? outlook.now.getTime() : periodStartMs(end, frequency);
  const first = panel.series.reduce((least, one) => Math.min(least, firstPeriod(one, frequency)), end);
  const periods: Periods = { first, count: end + steps - first, frequency };
  const leaves = leavesOf(panel, outlook, periods, before);
  const sums = new Map(
    outlook.hierarchy.sums.map(({ id, parts }) => [
      id,
      parts.flatMap((part) => leaves.get(outlook.hierarchy.leaves[part]!) ?? []),
    ]),
  );
  const series = panel.series.map((one) => {
    const begin = firstPeriod(one, frequency) - first;
    const leaf = leaves.get(one.id);
    const parts = sums.get(one.id);
    const paths = covariates.map((covariate, at) => {
      const whole =
        leaf?.paths[at] ??
        (parts && parts.length > 0
          ? joined(covariate, parts, at, end - first)
          : neutral(covariate, periods.count));
      return whole.slice(begin, begin + one.values.length + steps);
    });
    return { ...one, covariates: paths };
  });
  return { frequency, seasonLength: panel.seasonLength, covariates, series };
}

function leavesOf(
  panel: Panel,
  { book, covariates, rows }: Outlook,
  periods: Periods,
  before: number,
): Map<string, Leaf> {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return new Map(
    panel.series.flatMap((series): [string, Leaf][] => {
      const row = byId.get(series.id);
      if (row?.grain !== 'PRODUCT_SITE' || row.product === null || row.site === null) return [];
      const { partner, product, site } = row;
      const paths = covariates.map(
        (covariate) =>
          book.path({ partner, product, site }, covariate, periods, before) ??
          neutral(covariate, periods.count),
      );
      return [[series.id, { paths, weight: observedOf(series) }]];
    }),
  );
}

const observedOf = ({ values }: SeriesInput): number =>
  values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : Math.abs(value)), 0);

/** @param known periods that are over: a price is held against its mean over these */
function joined(covariate: Covariate, parts: readonly Leaf[], at: number, known: number): Float64Array {
  const length = parts[0]?.paths[at]!.length ?? 0;
  const total = parts.reduce((sum, { weight }) => sum + weight, 0);
  const shares = parts.map(({ weight }) => (total > 0 ? weight / total : 1 / parts.length));
  if (covariate.kind === 'category') return sameWord(parts, at, length);
  const path = new Float64Array(length);
  parts.forEach(({ paths }, part) => {
    const own = paths[at]!;
    const past = own.subarray(0, Math.max(1, known));
    const usual = past.reduce((sum, value) => sum + value, 0) / past.length;
    const unit = covariate.kind === 'relative' ? usual || 1 : 1;
    own.forEach((value, period) => (path[period]! += (shares[part]! * value) / unit));
  });
  return path;
}

const sameWord = (parts: readonly Leaf[], at: number, length: number): Float64Array =>
  Float64Array.from({ length }, (_, period) => {
    const word = parts[0]!.paths[at]![period]!;
    return parts.every(({ paths }) => paths[at]![period] === word) ? word : -1;
  });

/**
 * A forecaster that is told the covariates of every panel that it is fitted to, as they were known when that panel ends: whoever cuts a
 * panel at an earlier origin, to see how the forecaster would have done, shows it nothing that was said later.
 */
export function informedForecaster(inner: Forecaster, outlook: Outlook): Forecaster {
  return {
    name: inner.name,
    fit: (panel, context) => inner.fit(withOutlook(panel, outlook), context),
  };
}

import { firstPeriod, panelEnd } from '../backtest/slice.js';
import type { Forecaster } from '../contract/forecaster.js';
import type { Frequency, Panel, SeriesInput } from '../contract/panel.js';
import type { Covariate, CovariatePanel, CovariateSeries } from '../covariates/covariate-panel.js';
import type { Hierarchy } from '../hierarchy/hierarchy.js';
import type { GrainRow } from '../series/grain-hierarchy.js';
import { periodStartMs } from '../series/periods.js';
import type { DatedPanel } from '../series/panel.repository.js';
import { CovariateBook } from './covariate-book.js';
import { isPlace, LeafPaths, neutral, type Sight } from './leaf-paths.js';
import type { CovariateStatement } from './statement.js';
import { SumPaths } from './sum-paths.js';

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

/**
 * A panel with the covariates of its series as far as they were known when it ends. The covariates of a sum are the means over its parts,
 * each counting as much as was observed of it; prices as shares of what they were, a word where all have the same.
 */
export function withOutlook(panel: Panel, outlook: Outlook): CovariatePanel {
  const { book, covariates, steps, hierarchy } = outlook;
  const { frequency } = panel;
  const end = panelEnd(panel);
  const first = panel.series.reduce((least, one) => Math.min(least, firstPeriod(one, frequency)), end);
  const sight = sightOf({ end, first }, outlook, frequency);
  const leaves = new LeafPaths(book, covariates, sight);
  const rows = new Map(outlook.rows.map((row) => [row.id, row]));
  const series = new Map(panel.series.map((one) => [one.id, one]));
  const sums = new SumPaths(covariates, hierarchy, weightsOf(hierarchy, series, rows), end - first);
  hierarchy.leaves.forEach((id, at) => {
    const row = rows.get(id);
    if (isPlace(row)) sums.add(at, leaves.of(row));
  });
  const sumOf = new Map(hierarchy.sums.map(({ id }, at) => [id, at]));
  const told = panel.series.map((one) => {
    const [row, sum] = [rows.get(one.id), sumOf.get(one.id)];
    const paths = isPlace(row) ? leaves.of(row) : sum === undefined ? undefined : sums.of(sum);
    return toldSeries(one, paths, { covariates, steps, first, frequency });
  });
  return { frequency, seasonLength: panel.seasonLength, covariates, series: told };
}

/** How far a panel that ends at a period sees: what was said before it ends, and of the whole panel what was said by now. */
export const sightOf = (
  { end, first }: { readonly end: number; readonly first: number },
  { end: whole, now, steps }: Pick<Outlook, 'end' | 'now' | 'steps'>,
  frequency: Frequency,
): Sight => ({
  periods: { first, count: end + steps - first, frequency },
  before: end >= whole ? now.getTime() : periodStartMs(end, frequency),
});

/** A series with its part of paths that begin at the first period of the panel; with what changes nothing where there are none. */
export function toldSeries<Series extends SeriesInput>(
  series: Series,
  paths: readonly Float64Array[] | undefined,
  {
    covariates,
    steps,
    first,
    frequency,
  }: Pick<Outlook, 'covariates' | 'steps'> & { readonly first: number; readonly frequency: Frequency },
): Series & CovariateSeries {
  const begin = firstPeriod(series, frequency) - first;
  const length = series.values.length + steps;
  const own = covariates.map(
    (covariate, at) => paths?.[at]!.slice(begin, begin + length) ?? neutral(covariate, length),
  );
  return { ...series, covariates: own };
}

function weightsOf(
  { leaves }: Hierarchy,
  series: ReadonlyMap<string, SeriesInput>,
  rows: ReadonlyMap<string, GrainRow>,
): Float64Array {
  return Float64Array.from(leaves, (id) => {
    const one = series.get(id);
    return one && isPlace(rows.get(id)) ? observedOf(one.values) : NaN;
  });
}

/** Units observed: how much a series counts in its sums. */
export const observedOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + (Number.isNaN(value) ? 0 : Math.abs(value)), 0);

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

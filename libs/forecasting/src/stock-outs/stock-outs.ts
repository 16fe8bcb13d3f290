import { firstPeriod } from '../backtest/slice.js';
import type { Frequency, SeriesInput } from '../contract/panel.js';
import type { Covariate } from '../covariates/covariate-panel.js';
import { fillGaps } from '../series/gaps.js';
import { grainHierarchy, type GrainRow } from '../series/grain-hierarchy.js';
import type { CovariateBook, Periods } from '../statements/covariate-book.js';
import { STOCK_OUT } from '../statements/statement.js';
import { leastWanted } from './least-wanted.js';

/**
 * Share of its days from which on a period counts as one in which stock ran out: an empty shelf of a day or two takes less of a month
 * than giving up the month would.
 */
export const LEAST_SHARE = 0.1;
/** A sum of which more than this was filled in is no outcome. */
export const MOST_FILLED = 0.05;

const STATED: Covariate = { name: STOCK_OUT, kind: 'plain' };

/** A product at a site, as it was sold. */
export interface SoldSeries extends SeriesInput, GrainRow {}

/** Products at sites of which stock-outs were said, and what they are part of. */
export interface StockOutRecord {
  readonly frequency: Frequency;
  readonly seasonLength: number;
  /** What was said of them. */
  readonly book: CovariateBook;
  readonly leaves: readonly SoldSeries[];
  /** Series of the panel; sums among them are made anew. */
  readonly rows: readonly GrainRow[];
}

/**
 * Periods of a product at a site in which stock ran out, by what had been said before a moment; undefined where nothing had been.
 *
 * @returns a share of days for each period, 0 to 1
 */
export function emptyShares(
  book: CovariateBook,
  { partner, product, site }: GrainRow,
  periods: Periods,
  before: number,
): Float64Array | undefined {
  if (product === null || site === null) return undefined;
  return book.path({ partner, product, site }, STATED, periods, before);
}

/** What stock-outs change of the series of a panel. */
export class StockOuts {
  /** What is added to a series in a period, by the period's number; NaN where it is not known what was wanted. */
  private readonly added = new Map<string, Map<number, number>>();
  /** Periods of products at sites in which stock ran out. */
  private readonly out = new Map<string, Set<number>>();
  private readonly frequency: Frequency;

  /**
   * @param end number of the first period that is not known
   * @param before statements of this moment and later ones are not known, milliseconds since 1970
   */
  public constructor(
    { frequency, seasonLength, book, leaves, rows }: StockOutRecord,
    end: number,
    before: number,
  ) {
    this.frequency = frequency;
    const sums = sumsOf(rows, leaves);
    for (const leaf of leaves) {
      const first = firstPeriod(leaf, frequency);
      const sold = leaf.values.slice(0, Math.max(0, end - first));
      const shares = emptyShares(book, leaf, { first, count: sold.length, frequency }, before);
      if (shares) this.take(leaf.id, first, { sold, shares, seasonLength }, sums.get(leaf.id) ?? []);
    }
  }

  /** A series as it was wanted: stock-outs of a product at a site are missing, a sum counts what fills the gaps of its parts. */
  public wanted<Series extends SeriesInput>(series: Series): Series {
    return this.changed(series, (value, added) => value + added);
  }

  /** A series as forecasts are held against it: missing wherever what was sold is not what was wanted. */
  public outcome<Series extends SeriesInput>(series: Series): Series {
    const out = this.out.get(series.id);
    const first = firstPeriod(series, this.frequency);
    const found = this.changed(series, (value, added) =>
      Number.isNaN(added) || isMuch(value, added) ? NaN : value,
    );
    if (!out) return found;
    return { ...found, values: found.values.map((value, at) => (out.has(first + at) ? NaN : value)) };
  }

  /** Whether a period of a series is no outcome to hold a forecast against. */
  public isLeftOut(id: string, period: number, sold: number): boolean {
    const added = this.added.get(id)?.get(period) ?? 0;
    return (this.out.get(id)?.has(period) ?? false) || isMuch(sold, added);
  }

  private take(
    id: string,
    first: number,
    {
      sold,
      shares,
      seasonLength,
    }: Pick<StockOutRecord, 'seasonLength'> & Record<'sold' | 'shares', Float64Array>,
    sums: readonly string[],
  ): void {
    const wanted = leastWanted(sold, (at) => shares[at]! >= LEAST_SHARE, seasonLength);
    const { values } = fillGaps(wanted, seasonLength);
    const lead = sold.length - values.length;
    sold.forEach((value, at) => {
      if (shares[at]! < LEAST_SHARE || Number.isNaN(value)) return;
      const out = this.out.get(id) ?? new Set();
      this.out.set(id, out.add(first + at));
      if (!Number.isNaN(wanted[at])) return;
      this.add(id, first + at, NaN);
      for (const sum of sums) this.add(sum, first + at, (values[at - lead] ?? value) - value);
    });
  }

  private add(id: string, period: number, more: number): void {
    const known = this.added.get(id) ?? new Map<number, number>();
    this.added.set(id, known.set(period, (known.get(period) ?? 0) + more));
  }

  private changed<Series extends SeriesInput>(
    series: Series,
    change: (value: number, added: number) => number,
  ): Series {
    const added = this.added.get(series.id);
    if (!added) return series;
    const first = firstPeriod(series, this.frequency);
    const values = series.values.map((value, at) => {
      const more = added.get(first + at);
      return more === undefined ? value : change(value, more);
    });
    return { ...series, values };
  }
}

const isMuch = (sold: number, added: number): boolean => added > MOST_FILLED * (sold + added);

/** Ids of the sums of each leaf. */
function sumsOf(rows: readonly GrainRow[], leaves: readonly GrainRow[]): Map<string, string[]> {
  const { sums } = grainHierarchy([...rows.filter(({ grain }) => grain !== 'PRODUCT_SITE'), ...leaves]);
  const found = new Map<string, string[]>(leaves.map(({ id }) => [id, []]));
  for (const { id, parts } of sums) for (const part of parts) found.get(leaves[part]!.id)?.push(id);
  return found;
}

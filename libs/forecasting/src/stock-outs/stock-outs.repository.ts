import type { EntityManager } from 'typeorm';
import type { Frequency, Panel } from '../contract/panel.js';
import type { GrainRow } from '../series/grain-hierarchy.js';
import type { PanelRequest } from '../series/panel-request.js';
import { periodStartMs } from '../series/periods.js';
import { CovariateBook } from '../statements/covariate-book.js';
import { readStatements } from '../statements/statement.repository.js';
import { STOCK_OUT } from '../statements/statement.js';
import { StockOuts, type SoldSeries, type StockOutRecord } from './stock-outs.js';

type Queries = Pick<EntityManager, 'query'>;

/** Series that are read at once. */
const PAGE_SERIES = 2_000;

/** What was said of stock-outs of a panel, as far as it was known when the panel was read. */
export interface KnownStockOuts {
  /** Number of the last statement. */
  readonly upTo: number;
  readonly known: StockOuts;
  readonly record: StockOutRecord;
}

/** Whose stock-outs are looked for. */
export interface StockOutRequest extends PanelRequest {
  readonly seasonLength: number;
  /** Number of the first period that is not known. */
  readonly end: number;
  /** Series of the panel. */
  readonly rows: readonly GrainRow[];
}

/**
 * Stock-outs that had been said of products whose series are asked for; undefined where none had been, or where something else than
 * demand is: what was received or shipped is not held down by an empty shelf.
 *
 * @param read products at sites by id, as they were sold
 */
export async function readStockOuts(
  queries: Queries,
  request: StockOutRequest,
  read: (ids: readonly string[]) => Promise<readonly SoldSeries[]>,
): Promise<KnownStockOuts | undefined> {
  const { measure, frequency, asOf, statementsUpTo: upTo, seasonLength, end, rows } = request;
  if (measure !== 'DEMAND' || upTo === 0) return undefined;
  const all = await readStatements(queries, { names: [STOCK_OUT], ...(upTo === undefined ? {} : { upTo }) });
  const statements = all.filter(({ saidAt }) => saidAt < asOf);
  if (statements.length === 0) return undefined;
  const ids = await idsOf(queries, frequency, rows);
  const leaves: SoldSeries[] = [];
  for (let at = 0; at < ids.length; at += PAGE_SERIES)
    leaves.push(...(await read(ids.slice(at, at + PAGE_SERIES))));
  const record = { frequency, seasonLength, book: new CovariateBook(statements), leaves, rows };
  const last = statements.reduce((most, { seq }) => Math.max(most, seq), 0);
  return { upTo: last, record, known: new StockOuts(record, end, asOf.getTime()) };
}

/** Products at sites of which something was said and that the series are, or may be the sums of. */
async function idsOf(queries: Queries, frequency: Frequency, rows: readonly GrainRow[]): Promise<string[]> {
  const partners = [...new Set(rows.map(({ partner }) => partner))];
  const found: Place[] = await queries.query(
    `SELECT s.id, s.partner, s.product, s.site FROM series s
     WHERE s.measure = 'DEMAND' AND s.frequency = $1 AND s.grain = 'PRODUCT_SITE' AND s.partner = ANY($2::text[])
       AND EXISTS (SELECT FROM covariate_statement c WHERE c.name = $3 AND c.partner = s.partner AND c.product = s.product
                     AND (c.site IS NULL OR c.site = s.site))
     ORDER BY s.id`,
    [frequency.toUpperCase(), partners, STOCK_OUT],
  );
  const concerned = new Set(rows.map(nameOf));
  return found
    .filter(
      ({ id, partner, product, site }) =>
        concerned.has(id) ||
        concerned.has(partner) ||
        concerned.has(JSON.stringify([partner, 'PRODUCT', product])) ||
        concerned.has(JSON.stringify([partner, 'SITE', site])),
    )
    .map(({ id }) => id);
}

type Place = Pick<GrainRow, 'id' | 'partner' | 'product' | 'site'>;

/** What a series is found by; a total, group or country may have any product of its partner. */
function nameOf({ id, grain, partner, product, site }: GrainRow): string {
  if (grain === 'PRODUCT_SITE' || grain === 'LANE') return id;
  if (grain === 'PRODUCT') return JSON.stringify([partner, grain, product]);
  return grain === 'SITE' ? JSON.stringify([partner, grain, site]) : partner;
}

/** What a backtest is to know of stock-outs. */
export interface StockOutsOfPanel {
  /** Number of the last statement that the panel knows. */
  readonly upTo: number;
  /** The panel as it was known before a period: with the stock-outs that had been said by then. */
  asSaid(origin: number): Panel;
  /** The panel as forecasts of it are held against it. */
  readonly outcomes: Panel;
}

/** @param sold the panel without stock-outs */
export function stockOutsOfPanel(sold: Panel, { upTo, known, record }: KnownStockOuts): StockOutsOfPanel {
  return {
    upTo,
    asSaid(origin) {
      const then = new StockOuts(record, origin, periodStartMs(origin, sold.frequency));
      return { ...sold, series: sold.series.map((one) => then.wanted(one)) };
    },
    outcomes: { ...sold, series: sold.series.map((one) => known.outcome(one)) },
  };
}

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Frequency } from '../contract/panel.js';
import { periodIndex, periodStartMs } from '../series/periods.js';
import { CovariateBook } from '../statements/covariate-book.js';
import { STOCK_OUT } from '../statements/statement.js';
import { emptyShares, LEAST_SHARE } from './stock-outs.js';

/** Statements that are read of one series, the last that were recorded. */
const MOST_STATEMENTS = 1_000;
const DAY_MS = 86_400_000;

/** That stock ran out, as a partner said it of a series. */
export interface StockOutRow {
  readonly seriesId: string;
  /** Order in which statements were recorded; runs say up to which they knew them. */
  readonly number: number;
  /** Null for all sites. */
  readonly site: string | null;
  /** First and last day, `YYYY-MM-DD`, both included. */
  readonly firstDay: string;
  readonly lastDay: string;
  /** Share of these days in which the shelf was empty; 0 takes back what was said. */
  readonly share: number;
  readonly saidBy: string;
  readonly saidAt: Date;
  readonly recordedAt: Date;
}

type Found = StockOutRow & {
  readonly grain: string;
  readonly partner: string;
  readonly product: string;
  readonly ownSite: string | null;
  readonly frequency: string;
};

/** What was said of the stock of a series. */
export interface SeriesStockOuts {
  readonly seriesId: string;
  /** In the order in which they were recorded. */
  readonly statements: readonly StockOutRow[];
  /** Starts of the periods, milliseconds since 1970, from which forecasts do not learn; of products at sites alone. */
  readonly periods: ReadonlySet<number>;
}

/** Reads what partners said of stock that ran out. */
@Injectable()
export class StockOutReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** Series of demand of which something was said, of a product at a site or of a product; the last 1,000 statements of each. */
  public async of(seriesIds: readonly string[]): Promise<SeriesStockOuts[]> {
    const rows: Found[] = await this.dataSource.query(STATEMENTS, [seriesIds, STOCK_OUT]);
    return [...Map.groupBy(rows, ({ seriesId }) => seriesId)].map(([seriesId, found]) => ({
      seriesId,
      statements: found,
      periods: periodsOf(found),
    }));
  }
}

function periodsOf(found: readonly Found[]): Set<number> {
  const [{ grain, partner, product, ownSite: site, frequency: upper }] = found as [Found];
  if (grain !== 'PRODUCT_SITE') return new Set();
  const frequency = upper.toLowerCase() as Frequency;
  const book = new CovariateBook(
    found.map(({ number: seq, share: value, ...said }) => ({
      ...said,
      seq,
      value,
      product,
      name: STOCK_OUT,
    })),
  );
  const days = found.flatMap(({ firstDay, lastDay }) => [Date.parse(firstDay), Date.parse(lastDay)]);
  const first = periodIndex(Math.min(...days), frequency);
  const count = periodIndex(Math.max(...days) + DAY_MS - 1, frequency) - first + 1;
  const place = { id: '', grain, partner, product, site, productGroup: null, country: null };
  const shares = emptyShares(book, place, { first, count, frequency }, Infinity) ?? new Float64Array();
  return new Set(
    [...shares].flatMap((share, at) => (share >= LEAST_SHARE ? [periodStartMs(first + at, frequency)] : [])),
  );
}

const STATEMENTS = `
  SELECT s.id AS "seriesId", s.grain, s.partner, s.product, s.site AS "ownSite", s.frequency, c.*
  FROM series s CROSS JOIN LATERAL (
    SELECT c.seq::float8 AS number, c.site, to_char(c.first_day, 'YYYY-MM-DD') AS "firstDay",
      to_char(c.last_day, 'YYYY-MM-DD') AS "lastDay", c.number AS share, c.said_by AS "saidBy", c.said_at AS "saidAt",
      c.recorded_at AS "recordedAt"
    FROM covariate_statement c
    WHERE c.partner = s.partner AND c.product = s.product AND c.name = $2 AND c.number IS NOT NULL
      AND (s.grain = 'PRODUCT' OR c.site IS NULL OR c.site = s.site)
    ORDER BY c.seq DESC LIMIT ${MOST_STATEMENTS}
  ) c
  WHERE s.id = ANY($1::text[]) AND s.measure = 'DEMAND' AND s.grain IN ('PRODUCT_SITE', 'PRODUCT')
  ORDER BY s.id, c.number`;

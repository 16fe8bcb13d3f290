import { Injectable } from '@nestjs/common';
import { decodeCursor, InvalidCursorError, pageOf, type Page } from '@tallyhouse/database';
import { DataSource } from 'typeorm';

/** What is counted: units sold, received or shipped. */
export type SeriesMeasure = 'DEMAND' | 'RECEIVED' | 'SHIPPED';
/** Length of a period. */
export type SeriesFrequency = 'DAILY' | 'WEEKLY' | 'MONTHLY';
/** What a series is summed over. */
export type SeriesGrain = 'TOTAL' | 'GROUP' | 'PRODUCT' | 'COUNTRY' | 'SITE' | 'PRODUCT_SITE' | 'LANE';

/** What series are wanted; every given field must match. */
export interface SeriesFilter {
  readonly partner?: string | null;
  readonly measure?: SeriesMeasure | null;
  readonly frequency?: SeriesFrequency | null;
  readonly grain?: SeriesGrain | null;
  readonly product?: string | null;
  /** Site of the series, or either end of a lane. */
  readonly site?: string | null;
  readonly productGroup?: string | null;
  readonly country?: string | null;
}

/** A series; `product`, `site` and `destination` are there as its grain says. */
export interface SeriesRow {
  readonly id: string;
  /** Address of the partner whose events it is made of, lower case. */
  readonly partner: string;
  readonly measure: SeriesMeasure;
  readonly frequency: SeriesFrequency;
  readonly grain: SeriesGrain;
  readonly product: string | null;
  readonly site: string | null;
  readonly destination: string | null;
  readonly productGroup: string | null;
  /** ISO 3166-1 alpha-2. */
  readonly country: string | null;
  readonly label: string;
}

/** The value of one period, summed over `eventCount` events. */
export interface ObservationRow {
  readonly seriesId: string;
  readonly periodStart: Date;
  readonly value: number;
  readonly eventCount: number;
}

/** Which observations are wanted: from inclusive, to exclusive, and of those the last so many. */
export interface ObservationRange {
  readonly from?: Date | null;
  readonly to?: Date | null;
  readonly last: number;
}

const COLUMNS =
  'id, partner, measure, frequency, grain, product, site, destination, product_group AS "productGroup", country, label';

/** Reads series and what was observed, series by label. */
@Injectable()
export class SeriesReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * One page of series.
   *
   * @throws InvalidCursorError when `after` is not a cursor of this list
   */
  public async list(
    filter: SeriesFilter,
    page: { readonly first: number; readonly after?: string | null },
  ): Promise<Page<SeriesRow>> {
    const [label, id] = page.after ? decodeCursor(page.after, 2) : [null, null];
    if (typeof label === 'number' || typeof id === 'number') throw new InvalidCursorError();
    const rows: SeriesRow[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM series
       WHERE ($1::text IS NULL OR measure = $1) AND ($2::text IS NULL OR frequency = $2)
         AND ($3::text IS NULL OR grain = $3) AND ($4::text IS NULL OR product = $4)
         AND ($5::text IS NULL OR site = $5 OR destination = $5)
         AND ($6::text IS NULL OR (label, id) > ($6, $7::text)) AND ($9::text IS NULL OR partner = $9)
         AND ($10::text IS NULL OR product_group = $10) AND ($11::text IS NULL OR country = $11)
       ORDER BY label, id LIMIT $8`,
      [
        filter.measure,
        filter.frequency,
        filter.grain,
        filter.product,
        filter.site,
        label,
        id,
        page.first + 1,
        filter.partner?.toLowerCase(),
        filter.productGroup,
        filter.country,
      ],
    );
    return pageOf(rows, page.first, (row) => [row.label, row.id]);
  }

  /** Series by id, in no order; ids that nobody has are left out. */
  public async byIds(ids: readonly string[]): Promise<SeriesRow[]> {
    return this.dataSource.query(`SELECT ${COLUMNS} FROM series WHERE id = ANY($1)`, [ids]);
  }

  /** The last observations of several series inside the range, oldest first. */
  public async observations(
    seriesIds: readonly string[],
    range: ObservationRange,
  ): Promise<ObservationRow[]> {
    return this.dataSource.query(
      `SELECT s.id AS "seriesId", o.period_start AS "periodStart", o.value, o.event_count AS "eventCount"
       FROM unnest($1::text[]) s (id) CROSS JOIN LATERAL (
         SELECT * FROM observation
         WHERE series_id = s.id AND ($2::timestamptz IS NULL OR period_start >= $2)
           AND ($3::timestamptz IS NULL OR period_start < $3)
         ORDER BY period_start DESC LIMIT $4
       ) o ORDER BY s.id, o.period_start`,
      [seriesIds, range.from, range.to, range.last],
    );
  }
}

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { SeriesInput } from '../contract/panel.js';
import { PanelDigest } from './panel-digest.js';
import { panelStockOuts, readPanelPage, SEASON_LENGTH } from './panel.repository.js';
import type { PanelRequest } from './panel-request.js';
import { periodIndex } from './periods.js';
import { STOCK_OUT } from '../statements/statement.js';

/** Where a panel ends and which observations it was read from. */
export interface PanelBasis {
  /** Number of the first period that is not complete in the data. */
  readonly end: number;
  /** As text: a bigint that grows whenever an observation changes, or more is known of stock that ran out. */
  readonly observationSeq: string;
}

/** Some series of a panel. */
export interface PanelSlice {
  readonly series: readonly SeriesInput[];
  /** The last series that was looked at, among those without a complete period too. */
  readonly last: string;
  /** SHA-256 of the slices up to this one. */
  readonly sha256: string;
  /** No series is left behind it. */
  readonly isEnd: boolean;
}

const DAY_MS = 86_400_000;

/** Reads panels a few series at a time, for whoever needs no two of them at once. */
@Injectable()
export class PanelSliceReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** What a panel read now would rest on; null when no period is complete. Reads no series. */
  public async basis({ measure, frequency, asOf }: PanelRequest): Promise<PanelBasis | null> {
    const [row]: [{ latest: Date | null; observationSeq: string }] = await this.dataSource.query(BASIS, [
      measure,
      asOf,
    ]);
    if (row.latest === null) return null;
    const today = Math.floor(asOf.getTime() / DAY_MS) * DAY_MS;
    const end = periodIndex(Math.min(row.latest.getTime(), today), frequency);
    return { end, observationSeq: row.observationSeq };
  }

  /**
   * The next series in the order of their ids; periods in which stock had been said to have run out are missing.
   *
   * @param after id of the last series of the slice before, or '' for the first; likewise its digest
   */
  public async slice(
    request: PanelRequest,
    end: number,
    after: { readonly last: string; readonly sha256: string },
    most: number,
  ): Promise<PanelSlice> {
    const { measure, frequency } = request;
    const rows: { id: string }[] = await this.dataSource.query(
      `SELECT id FROM series WHERE measure = $1 AND frequency = $2 AND id > $3 ORDER BY id LIMIT $4`,
      [measure, frequency.toUpperCase(), after.last, most],
    );
    const ids = rows.map(({ id }) => id);
    const sold = ids.length === 0 ? [] : await readPanelPage(this.dataSource, request, end, ids);
    const stockOuts = await panelStockOuts(this.dataSource, request, end, sold);
    const page = stockOuts ? sold.map((one) => stockOuts.known.outcome(one)) : sold;
    const digest = new PanelDigest({ frequency, seasonLength: SEASON_LENGTH[frequency] });
    digest.add([{ id: after.sha256, start: '', values: new Float64Array() }, ...page]);
    return {
      series: page.map(({ id, start, values }) => ({ id, start, values })),
      last: ids.at(-1) ?? after.last,
      sha256: digest.sha256(),
      isEnd: ids.length < most,
    };
  }
}

/** A period is complete up to the day after the last event that a partner reported. Both numbers grow, and so does their sum. */
const BASIS = `
  SELECT (COALESCE((SELECT seq FROM observation_change), 0)
      + (SELECT count(*) FROM covariate_statement WHERE $1 = 'DEMAND' AND name = '${STOCK_OUT}' AND said_at < $2))::text AS "observationSeq",
    (SELECT max(o.period_start) + interval '1 day' FROM series s JOIN observation o ON o.series_id = s.id
     WHERE s.measure = $1 AND s.frequency = 'DAILY' AND s.grain = 'TOTAL' AND o.period_start < $2) AS latest`;

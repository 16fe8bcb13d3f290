import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Frequency, Panel, SeriesInput } from '../contract/panel.js';
import type { Hierarchy } from '../hierarchy/hierarchy.js';
import { grainHierarchy, type GrainRow } from './grain-hierarchy.js';
import { panelOutline } from './panel-outline.repository.js';
import { makeObservations } from './observations.repository.js';
import type { PanelRequest } from './panel-request.js';
import { periodIndex, periodStart } from './periods.js';
import {
  readStockOuts,
  stockOutsOfPanel,
  type KnownStockOuts,
  type StockOutsOfPanel,
} from '../stock-outs/stock-outs.repository.js';

export type { Measure, PanelRequest } from './panel-request.js';

/** A panel that ends where its data end. */
export interface DatedPanel {
  readonly panel: Panel;
  /** Index of the first period that is not complete in the data; every series ends just before it. */
  readonly end: number;
  /** Which series are sums of which. */
  readonly hierarchy: Hierarchy;
  /** What each series is summed over. */
  readonly rows: readonly GrainRow[];
  /** There where partners had said that stock ran out: the panel is then what was wanted, as far as that is known. */
  readonly stockOuts?: StockOutsOfPanel;
}

/** A series of a panel with what it is summed over. */
export interface PanelSeries extends SeriesInput, GrainRow {}

interface SeriesRow extends GrainRow {
  /** Seconds since the epoch. */
  readonly starts: number[];
  readonly values: number[];
  readonly reported_until: Date;
}

const DAY_MS = 86_400_000;

/** How many series there are of a measure and frequency, whatever is known of them. */
export async function countSeries(
  queries: Pick<EntityManager, 'query'>,
  { measure, frequency }: Pick<PanelRequest, 'measure' | 'frequency'>,
): Promise<number> {
  const [{ count }]: [{ count: number }] = await queries.query(
    'SELECT count(*)::int AS count FROM series WHERE measure = $1 AND frequency = $2',
    [measure, frequency.toUpperCase()],
  );
  return count;
}

/** Periods in a season: a week of days, a year of weeks or months. */
export const SEASON_LENGTH: Readonly<Record<Frequency, number>> = { daily: 7, weekly: 52, monthly: 12 };

/** Reads panels from observations. */
@Injectable()
export class PanelRepository {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Every series of one measure and frequency, complete periods only. A period without events is an observed zero up to
   * the partner's last report and missing (NaN) after it. Null when no period is complete.
   */
  public async panel(request: PanelRequest): Promise<DatedPanel | null> {
    if (request.seriesId !== undefined || (await countSeries(this.dataSource, request)) <= PAGE_SERIES)
      return readPanel(this.dataSource, request);
    return this.dataSource.transaction('REPEATABLE READ', (manager) => readInPages(manager, request));
  }

  /**
   * The panel of what was anchored up to a block, whatever came since and however far the series are: the same events give the
   * same panel at any time and on any machine. Groups and countries are left out: master data say what belongs to them, and
   * these may change later.
   *
   * @throws RangeError when `block` is no block number
   */
  public async anchoredPanel(request: PanelRequest, block: number): Promise<DatedPanel | null> {
    return this.dataSource.transaction(async (manager) => {
      await makeObservations(manager, { block });
      // Tables of the session come before those of the schema: the same query reads these instead.
      await manager.query(`
        CREATE TEMP TABLE series ON COMMIT DROP AS
          SELECT DISTINCT series_id AS id, partner, measure, frequency, grain, product, site, product_group, country
          FROM fresh_observation WHERE grain NOT IN ('GROUP', 'COUNTRY');
        CREATE TEMP TABLE observation ON COMMIT DROP AS
          SELECT series_id, period_start, value FROM fresh_observation;
        CREATE INDEX ON observation (series_id, period_start)`);
      return readPanel(manager, request);
    });
  }
}

/** Series that are read at once: their dates are objects until they are placed, and take ten times the room of values. */
const PAGE_SERIES = 2_000;

async function readInPages(
  queries: Pick<EntityManager, 'query'>,
  request: PanelRequest,
): Promise<DatedPanel | null> {
  const { frequency } = request;
  const outline = await panelOutline(queries, request);
  if (!outline) return null;
  const { end, heads } = outline;
  const series: SeriesInput[] = [];
  for (let at = 0; at < heads.length; at += PAGE_SERIES) {
    const ids = heads.slice(at, at + PAGE_SERIES).map(({ id }) => id);
    const page = await readPanelPage(queries, request, end, ids);
    series.push(...page.map(({ id, start, values }) => ({ id, start, values })));
  }
  const panel = { frequency, seasonLength: SEASON_LENGTH[frequency], series };
  return asWanted(queries, request, { panel, end, hierarchy: grainHierarchy(heads), rows: heads });
}

/** The panel with the stock-outs that had been said; the same panel where none had been. */
async function asWanted(
  queries: Pick<EntityManager, 'query'>,
  request: PanelRequest,
  dated: DatedPanel,
): Promise<DatedPanel> {
  const { panel, end, rows } = dated;
  const found = await panelStockOuts(queries, request, end, rows);
  if (!found) return dated;
  const wanted = { ...panel, series: panel.series.map((one) => found.known.wanted(one)) };
  return { ...dated, panel: wanted, stockOuts: stockOutsOfPanel(panel, found) };
}

/** Stock-outs that had been said of the series of a panel whose end is known. */
export function panelStockOuts(
  queries: Pick<EntityManager, 'query'>,
  request: PanelRequest,
  end: number,
  rows: readonly GrainRow[],
): Promise<KnownStockOuts | undefined> {
  const seasonLength = SEASON_LENGTH[request.frequency];
  return readStockOuts(queries, { ...request, seasonLength, end, rows }, (ids) =>
    readPanelPage(queries, request, end, ids),
  );
}

async function readPanel(
  queries: Pick<EntityManager, 'query'>,
  request: PanelRequest,
): Promise<DatedPanel | null> {
  const { measure, frequency, asOf, seriesId } = request;
  const rows: SeriesRow[] = await queries.query(PANEL, [
    ...[measure, frequency.toUpperCase(), asOf],
    seriesId === undefined ? null : [seriesId],
  ]);
  const latest = Math.max(...rows.map((row) => row.reported_until.getTime()));
  if (!Number.isFinite(latest)) return null;
  const today = Math.floor(asOf.getTime() / DAY_MS) * DAY_MS;
  const end = periodIndex(Math.min(latest, today), frequency);
  const series = rows.flatMap((row) => seriesInput(row, frequency, end) ?? []);
  if (series.length === 0) return null;
  const ids = new Set(series.map(({ id }) => id));
  const known = rows
    .filter(({ id }) => ids.has(id))
    .map(({ id, partner, grain, product, site, productGroup, country }): GrainRow => {
      return { id, partner, grain, product, site, productGroup, country };
    });
  const panel = { frequency, seasonLength: SEASON_LENGTH[frequency], series };
  return asWanted(queries, request, { panel, end, hierarchy: grainHierarchy(known), rows: known });
}

/**
 * Some series of a panel whose end is known, as they were sold, in the order of their ids; those that begin after the end are left
 * out.
 *
 * @param ids which series
 */
export async function readPanelPage(
  queries: Pick<EntityManager, 'query'>,
  { measure, frequency, asOf }: PanelRequest,
  end: number,
  ids: readonly string[],
): Promise<PanelSeries[]> {
  const rows: SeriesRow[] = await queries.query(PANEL, [measure, frequency.toUpperCase(), asOf, ids]);
  return rows.flatMap((row) => {
    const input = seriesInput(row, frequency, end);
    const { partner, grain, product, site, productGroup, country } = row;
    return input ? [{ ...input, partner, grain, product, site, productGroup, country }] : [];
  });
}

/**
 * `reported_until`: the day after the partner's last event of this measure. The values of each series are looked up by themselves: joined
 * with all observations, every page of a large panel would read all of them.
 */
const PANEL = `
  WITH reported AS (
    SELECT s.partner, max(o.period_start) + interval '1 day' AS until
    FROM series s JOIN observation o ON o.series_id = s.id
    WHERE s.measure = $1 AND s.frequency = 'DAILY' AND s.grain = 'TOTAL' AND o.period_start < $3
    GROUP BY s.partner
  )
  SELECT s.id, s.partner, s.grain, s.product, s.site, COALESCE(s.product_group, NULLIF(class.product_group, '')) AS "productGroup",
         COALESCE(s.country, NULLIF(place.country, '')) AS country, known.starts, known.values, r.until AS reported_until
  FROM series s
  JOIN reported r ON r.partner = s.partner
  CROSS JOIN LATERAL (
    SELECT array_agg(date_part('epoch', o.period_start) ORDER BY o.period_start) AS starts,
           array_agg(o.value ORDER BY o.period_start) AS values
    FROM observation o WHERE o.series_id = s.id AND o.period_start < $3 HAVING count(*) > 0
  ) known
  LEFT JOIN product_class class ON class.uri = s.product
  LEFT JOIN site place ON place.uri = s.site
  WHERE s.measure = $1 AND s.frequency = $2 AND ($4::text[] IS NULL OR s.id = ANY($4))
  ORDER BY s.id`;

function seriesInput(row: SeriesRow, frequency: Frequency, end: number): SeriesInput | undefined {
  const first = periodIndex(1_000 * row.starts[0]!, frequency);
  if (end <= first) return undefined;
  const values = new Float64Array(end - first);
  values.fill(NaN, Math.max(0, periodIndex(row.reported_until.getTime(), frequency) - first));
  row.starts.forEach((start, index) => {
    const position = periodIndex(1_000 * start, frequency) - first;
    if (position < values.length) values[position] = row.values[index]!;
  });
  return { id: row.id, start: periodStart(first, frequency), values };
}

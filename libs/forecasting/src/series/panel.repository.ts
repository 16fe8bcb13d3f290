import { Injectable } from '@nestjs/common';
import { DataSource, type EntityManager } from 'typeorm';
import type { Frequency, Panel, SeriesInput } from '../contract/panel.js';
import type { Hierarchy } from '../hierarchy/hierarchy.js';
import { grainHierarchy, type GrainRow } from './grain-hierarchy.js';
import { makeObservations } from './observations.repository.js';
import { periodIndex, periodStart } from './periods.js';

export type Measure = 'DEMAND' | 'RECEIVED' | 'SHIPPED';

/** Which series a model reads. */
export interface PanelRequest {
  readonly measure: Measure;
  readonly frequency: Frequency;
  /** Nothing that happened at or after this moment is read. */
  readonly asOf: Date;
  /** This series alone; its data then end with its own partner's. */
  readonly seriesId?: string;
}

/** A panel that ends where its data end. */
export interface DatedPanel {
  readonly panel: Panel;
  /** Index of the first period that is not complete in the data; every series ends just before it. */
  readonly end: number;
  /** Which series are sums of which. */
  readonly hierarchy: Hierarchy;
}

interface SeriesRow extends GrainRow {
  readonly starts: Date[];
  readonly values: number[];
  readonly reported_until: Date;
}

const DAY_MS = 86_400_000;

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
  public panel(request: PanelRequest): Promise<DatedPanel | null> {
    return readPanel(this.dataSource, request);
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
          SELECT series_id, period_start, value FROM fresh_observation`);
      return readPanel(manager, request);
    });
  }
}

async function readPanel(
  queries: Pick<EntityManager, 'query'>,
  { measure, frequency, asOf, seriesId }: PanelRequest,
): Promise<DatedPanel | null> {
  const rows: SeriesRow[] = await queries.query(PANEL, [
    ...[measure, frequency.toUpperCase(), asOf],
    seriesId ?? null,
  ]);
  const latest = Math.max(...rows.map((row) => row.reported_until.getTime()));
  if (!Number.isFinite(latest)) return null;
  const today = Math.floor(asOf.getTime() / DAY_MS) * DAY_MS;
  const end = periodIndex(Math.min(latest, today), frequency);
  const series = rows.flatMap((row) => seriesInput(row, frequency, end) ?? []);
  if (series.length === 0) return null;
  const ids = new Set(series.map(({ id }) => id));
  const hierarchy = grainHierarchy(rows.filter(({ id }) => ids.has(id)));
  return { panel: { frequency, seasonLength: SEASON_LENGTH[frequency], series }, end, hierarchy };
}

/** `reported_until`: the day after the partner's last event of this measure. */
const PANEL = `
  WITH reported AS (
    SELECT s.partner, max(o.period_start) + interval '1 day' AS until
    FROM series s JOIN observation o ON o.series_id = s.id
    WHERE s.measure = $1 AND s.frequency = 'DAILY' AND s.grain = 'TOTAL' AND o.period_start < $3
    GROUP BY s.partner
  )
  SELECT s.id, s.partner, s.grain, s.product, s.site, COALESCE(s.product_group, NULLIF(min(class.product_group), '')) AS "productGroup",
         COALESCE(s.country, NULLIF(min(place.country), '')) AS country,
         array_agg(o.period_start ORDER BY o.period_start) AS starts,
         array_agg(o.value ORDER BY o.period_start) AS values, min(r.until) AS reported_until
  FROM series s
  JOIN observation o ON o.series_id = s.id
  JOIN reported r ON r.partner = s.partner
  LEFT JOIN product_class class ON class.uri = s.product
  LEFT JOIN site place ON place.uri = s.site
  WHERE s.measure = $1 AND s.frequency = $2 AND o.period_start < $3
    AND ($4::text IS NULL OR s.id = $4)
  GROUP BY s.id, s.partner, s.grain, s.product, s.site, s.product_group, s.country ORDER BY s.id`;

function seriesInput(row: SeriesRow, frequency: Frequency, end: number): SeriesInput | undefined {
  const first = periodIndex(row.starts[0]!.getTime(), frequency);
  if (end <= first) return undefined;
  const values = new Float64Array(end - first);
  values.fill(NaN, Math.max(0, periodIndex(row.reported_until.getTime(), frequency) - first));
  row.starts.forEach((start, index) => {
    const position = periodIndex(start.getTime(), frequency) - first;
    if (position < values.length) values[position] = row.values[index]!;
  });
  return { id: row.id, start: periodStart(first, frequency), values };
}

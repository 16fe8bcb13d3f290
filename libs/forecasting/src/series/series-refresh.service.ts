import { Injectable } from '@nestjs/common';
import { factsMoments, recordDerivations } from '@tallyhouse/database';
import { DataSource, type EntityManager } from 'typeorm';

/** First key of the advisory lock that keeps two refreshes apart. */
const REFRESH_LOCK = 0x5e71;

/** Makes series from what is anchored. */
@Injectable()
export class SeriesRefreshService {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Brings every series and observation to what the anchored events say, also back after a reorg, and notes up to
   * which block they do. One transaction.
   *
   * @returns how many observations changed
   */
  public async refresh(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [REFRESH_LOCK]);
      const moments = await factsMoments(manager);
      await manager.query(DAILY_FACTS);
      await manager.query(GRAINS);
      await manager.query(NEW_SERIES);
      const changed = await changeObservations(manager);
      await recordDerivations(manager, 'series', [''], moments);
      return changed;
    });
  }
}

/**
 * Units a day, by measure, product, place and lane (`origin` to `destination`). An item without a quantity counts one; packages without a product class
 * (SSCC) count nothing, their contents are listed beside them.
 */
const DAILY_FACTS = `
  CREATE TEMP TABLE daily_fact ON COMMIT DROP AS
  SELECT e.partner,
         CASE e.biz_step WHEN 'retail_selling' THEN 'DEMAND' WHEN 'receiving' THEN 'RECEIVED' ELSE 'SHIPPED' END AS measure,
         date_trunc('day', e.event_time AT TIME ZONE 'UTC') AS day,
         i.product,
         COALESCE(e.biz_location, e.read_point) AS site,
         CASE e.biz_step WHEN 'receiving' THEN source.uri WHEN 'shipping' THEN COALESCE(e.biz_location, e.read_point) END AS origin,
         CASE e.biz_step WHEN 'receiving' THEN e.biz_location WHEN 'shipping' THEN destination.uri END AS destination,
         sum(COALESCE(i.quantity, 1))::double precision AS value,
         count(DISTINCT e.id)::int AS event_count
  FROM epcis_event e
  JOIN anchor_leaf l ON l.event_id = e.id
  JOIN anchor_batch b ON b.id = l.batch_id
  JOIN trace_anchored t ON t.partner = b.partner AND t.root = b.root
  JOIN event_item i ON i.event_time = e.event_time AND i.event_id = e.id AND i.role = 'EPC' AND i.product IS NOT NULL
  LEFT JOIN event_source_dest source ON source.event_time = e.event_time AND source.event_id = e.id
    AND source.role = 'SOURCE' AND source.type = 'location'
  LEFT JOIN event_source_dest destination ON destination.event_time = e.event_time AND destination.event_id = e.id
    AND destination.role = 'DESTINATION' AND destination.type = 'location'
  WHERE e.biz_step IN ('retail_selling', 'receiving', 'shipping')
  GROUP BY 1, 2, 3, 4, 5, 6, 7`;

/** Every frequency and grain from the daily facts; the id is the SHA-256 of what identifies the series. */
const GRAINS = `
  CREATE TEMP TABLE fresh_observation ON COMMIT DROP AS
  WITH grained AS (
    SELECT partner, measure, f.frequency, date_trunc(f.unit, day) AS period,
           CASE WHEN GROUPING(destination) = 0 THEN 'LANE' WHEN GROUPING(product, site) = 0 THEN 'PRODUCT_SITE'
                WHEN GROUPING(product) = 0 THEN 'PRODUCT' WHEN GROUPING(site) = 0 THEN 'SITE' ELSE 'TOTAL' END AS grain,
           product, CASE WHEN GROUPING(destination) = 0 THEN origin ELSE site END AS site, destination, sum(value) AS value, sum(event_count)::int AS event_count
    FROM daily_fact, (VALUES ('DAILY', 'day'), ('WEEKLY', 'week'), ('MONTHLY', 'month')) f (frequency, unit)
    GROUP BY partner, measure, f.frequency, period,
             GROUPING SETS ((), (product), (site), (product, site), (origin, destination))
  )
  SELECT '0x' || encode(sha256(convert_to(
           concat_ws('|', partner, measure, frequency, grain, COALESCE(product, ''), COALESCE(site, ''), COALESCE(destination, '')),
           'UTF8')), 'hex') AS series_id,
         *, period AT TIME ZONE 'UTC' AS period_start
  FROM grained
  WHERE grain <> 'LANE' OR (site IS NOT NULL AND destination IS NOT NULL)`;

const NEW_SERIES = `
  INSERT INTO series (id, partner, measure, frequency, grain, product, site, destination, label)
  SELECT DISTINCT ON (o.series_id) o.series_id, o.partner, o.measure, o.frequency, o.grain, o.product, o.site, o.destination,
         concat_ws(' · ', COALESCE(p.name, o.product), COALESCE(s.name, o.site), COALESCE(d.name, o.destination),
                   CASE WHEN o.grain = 'TOTAL' THEN 'All products and sites' END, COALESCE(r.name, o.partner))
  FROM fresh_observation o
  LEFT JOIN product_class p ON p.uri = o.product
  LEFT JOIN site s ON s.uri = o.site
  LEFT JOIN site d ON d.uri = o.destination
  LEFT JOIN partner_current r ON r.partner = o.partner
  ON CONFLICT (id) DO UPDATE SET label = EXCLUDED.label WHERE series.label <> EXCLUDED.label`;

async function changeObservations(manager: EntityManager): Promise<number> {
  const [{ count }]: [{ count: number }] = await manager.query(`
    WITH gone AS (
      DELETE FROM observation o WHERE NOT EXISTS (
        SELECT 1 FROM fresh_observation f WHERE f.series_id = o.series_id AND f.period_start = o.period_start)
      RETURNING 1
    ), written AS (
      INSERT INTO observation (series_id, period_start, value, event_count)
      SELECT series_id, period_start, value, event_count FROM fresh_observation
      ON CONFLICT (series_id, period_start) DO UPDATE SET value = EXCLUDED.value, event_count = EXCLUDED.event_count
      WHERE (observation.value, observation.event_count) IS DISTINCT FROM (EXCLUDED.value, EXCLUDED.event_count)
      RETURNING 1
    )
    SELECT ((SELECT count(*) FROM gone) + (SELECT count(*) FROM written))::int AS count`);
  return count;
}

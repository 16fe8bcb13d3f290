import { Injectable } from '@nestjs/common';
import { factsMoments, recordDerivations, type FactsMoment } from '@tallyhouse/database';
import { originsOfSeries } from '@tallyhouse/supply-chain';
import { inJoinedSpan } from '@tallyhouse/telemetry';
import { DataSource, type EntityManager } from 'typeorm';
import { makeObservations } from './observations.repository.js';

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
      // After the moments, which are the next one's mark: nothing on chain by then is left out.
      const origins = await originsOfSeries(manager);
      return inJoinedSpan('series stage', origins, {}, () => remake(manager, moments));
    });
  }
}

async function remake(manager: EntityManager, moments: readonly FactsMoment[]): Promise<number> {
  await makeObservations(manager);
  await manager.query(NEW_SERIES);
  const changed = await changeObservations(manager);
  await recordDerivations(manager, 'series', [''], moments);
  return changed;
}

const NEW_SERIES = `
  INSERT INTO series (id, partner, measure, frequency, grain, product, site, destination, product_group, country, label)
  SELECT DISTINCT ON (o.series_id) o.series_id, o.partner, o.measure, o.frequency, o.grain, o.product, o.site, o.destination, o.product_group, o.country,
         concat_ws(' · ', COALESCE(p.name, o.product), o.product_group, o.country, COALESCE(s.name, o.site), COALESCE(d.name, o.destination),
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

import { Injectable } from '@nestjs/common';
import { factsMoments, recordDerivations } from '@tallyhouse/database';
import { originsOfSeries } from '@tallyhouse/supply-chain';
import { inJoinedSpan } from '@tallyhouse/telemetry';
import { DataSource, type EntityManager } from 'typeorm';
import { makeObservations } from './observations.repository.js';
import { noteSeriesBasis, seriesChange } from './series-basis.repository.js';
import { touchPeriods } from './touched-periods.repository.js';

/** First key of the advisory lock that keeps two refreshes apart. */
const REFRESH_LOCK = 0x5e71;

/** Makes series from what is anchored. */
@Injectable()
export class SeriesRefreshService {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Brings every series and observation to what the anchored events say, also back after a reorg, and notes up to
   * which block they do. Reads the days, weeks and months alone in which something was anchored or taken back since the last
   * time, and everything after a change of master data. One transaction.
   *
   * @returns how many observations changed
   */
  public async refresh(): Promise<number> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock($1)', [REFRESH_LOCK]);
      const moments = await factsMoments(manager);
      // After the moments, which are the next one's mark: nothing on chain by then is left out.
      const origins = await originsOfSeries(manager);
      return inJoinedSpan('series stage', origins, {}, async () => {
        const changed = await remake(manager);
        if (changed > 0) await manager.query(NOTE_CHANGE);
        await recordDerivations(manager, 'series', [''], moments);
        return changed;
      });
    });
  }
}

async function remake(manager: EntityManager): Promise<number> {
  const change = await seriesChange(manager);
  const moved = [...change.added, ...change.removed];
  if (!change.everything && moved.length === 0) return 0;
  await noteSeriesBasis(manager, change);
  const touched = change.everything ? undefined : await touchPeriods(manager, moved);
  if (touched === null) return 0;
  await makeObservations(manager, touched && { touched });
  await manager.query(NEW_SERIES);
  return changeObservations(manager, touched !== undefined);
}

/** Who would read a large panel anew sees here whether there is anything new in it. */
const NOTE_CHANGE = `
  INSERT INTO observation_change (seq) VALUES (1)
  ON CONFLICT (single) DO UPDATE SET seq = observation_change.seq + 1`;

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

const TOUCHED = `
  USING series s JOIN touched_period p ON p.partner = s.partner AND p.frequency = s.frequency
  WHERE o.series_id = s.id AND o.period_start = p.period AT TIME ZONE 'UTC'`;

async function changeObservations(manager: EntityManager, touchedOnly: boolean): Promise<number> {
  const [{ count }]: [{ count: number }] = await manager.query(`
    WITH gone AS (
      DELETE FROM observation o ${touchedOnly ? TOUCHED : 'WHERE true'} AND NOT EXISTS (
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

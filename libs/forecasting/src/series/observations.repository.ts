import type { EntityManager } from 'typeorm';
import type { DaySpan } from './touched-periods.repository.js';

/** Higher than any block. */
const EVERY_BLOCK = '9223372036854775807';

/** Which events count; without a limit all do. */
export interface ObservationLimits {
  /** The last block that counts. */
  readonly block?: number;
  /** Only the periods of the temporary table `touched_period`, which lie in these days. */
  readonly touched?: DaySpan;
}

/**
 * Makes the temporary table `fresh_observation`, gone with the transaction, of what was anchored.
 *
 * @throws RangeError when the block is no block number
 */
export async function makeObservations(
  manager: Pick<EntityManager, 'query'>,
  { block, touched }: ObservationLimits = {},
): Promise<void> {
  if (block !== undefined && !Number.isSafeInteger(block))
    throw new RangeError(`not a block number: ${block}`);
  await manager.query(dailyFacts(block === undefined ? EVERY_BLOCK : String(block), touched));
  await manager.query(grains(touched !== undefined));
}

/** The days are of our own making; a partner's other days of the same span are read and then left out. */
const within = ({ first, last }: DaySpan): string => `
    AND e.event_time >= '${first}T00:00:00Z' AND e.event_time < timestamptz '${last}T00:00:00Z' + interval '1 day'
    AND e.partner IN (SELECT partner FROM touched_period)`;

/**
 * Units a day, by measure, product, place and lane (`origin` to `destination`). An item without a quantity counts one; packages without a product class
 * (SSCC) count nothing, their contents are listed beside them.
 */
const dailyFacts = (block: string, touched?: DaySpan): string => `
  CREATE TEMP TABLE daily_fact ON COMMIT DROP AS
  SELECT e.partner,
         CASE e.biz_step WHEN 'retail_selling' THEN 'DEMAND' WHEN 'receiving' THEN 'RECEIVED' ELSE 'SHIPPED' END AS measure,
         date_trunc('day', e.event_time AT TIME ZONE 'UTC') AS day,
         i.product, NULLIF(class.product_group, '') AS product_group,
         COALESCE(e.biz_location, e.read_point) AS site, NULLIF(place.country, '') AS country,
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
  LEFT JOIN product_class class ON class.uri = i.product
  LEFT JOIN site place ON place.uri = COALESCE(e.biz_location, e.read_point)
  WHERE e.biz_step IN ('retail_selling', 'receiving', 'shipping') AND t.block_number <= ${block}${touched ? within(touched) : ''}
  GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9`;

/** Every frequency and grain from the daily facts; the id is the SHA-256 of what identifies the series. */
const grains = (touchedOnly: boolean): string => `
  CREATE TEMP TABLE fresh_observation ON COMMIT DROP AS
  WITH grained AS (
    SELECT partner, measure, f.frequency, date_trunc(f.unit, day) AS period,
           CASE WHEN GROUPING(destination) = 0 THEN 'LANE' WHEN GROUPING(product, site) = 0 THEN 'PRODUCT_SITE'
                WHEN GROUPING(product) = 0 THEN 'PRODUCT' WHEN GROUPING(site) = 0 THEN 'SITE'
                WHEN GROUPING(product_group) = 0 THEN 'GROUP' WHEN GROUPING(country) = 0 THEN 'COUNTRY'
                ELSE 'TOTAL' END AS grain,
           product, CASE WHEN GROUPING(destination) = 0 THEN origin ELSE site END AS site, destination, product_group, country, sum(value) AS value, sum(event_count)::int AS event_count
    FROM daily_fact, (VALUES ('DAILY', 'day'), ('WEEKLY', 'week'), ('MONTHLY', 'month')) f (frequency, unit)
    GROUP BY partner, measure, f.frequency, period,
             GROUPING SETS ((), (product), (site), (product, site), (origin, destination), (product_group), (country))
  )
  SELECT '0x' || encode(sha256(convert_to(
           concat_ws('|', partner, measure, frequency, grain, COALESCE(product, product_group, ''), COALESCE(site, country, ''), COALESCE(destination, '')),
           'UTF8')), 'hex') AS series_id,
         *, period AT TIME ZONE 'UTC' AS period_start
  FROM grained
  WHERE CASE grain WHEN 'LANE' THEN site IS NOT NULL AND destination IS NOT NULL WHEN 'GROUP' THEN product_group IS NOT NULL
                   WHEN 'COUNTRY' THEN country IS NOT NULL ELSE true END
    ${touchedOnly ? 'AND (partner, frequency, period) IN (SELECT partner, frequency, period FROM touched_period)' : ''}`;

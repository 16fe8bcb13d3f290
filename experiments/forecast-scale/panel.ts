import type { DataSource } from 'typeorm';

export const MONTHS = 120;
export const LAST_DAY = '2025-12-31';

/** Products at sites that make about so many series with their sums. */
export interface Size {
  readonly products: number;
  readonly sites: number;
}

export const SIZES: Readonly<Record<string, Size>> = {
  '1000': { products: 46, sites: 20 },
  told: { products: 46, sites: 20 },
  '10000': { products: 195, sites: 50 },
  shadow: { products: 195, sites: 50 },
  '100000': { products: 496, sites: 200 },
};
const GROUPS = 20;
/** Observations that one statement inserts. */
const PRODUCTS_AT_ONCE = 10;

const id = (words: string): string => `'0x' || encode(sha256(convert_to(${words}, 'UTF8')), 'hex')`;

/** Ten years of months of products at sites and of every sum of them, as series that were anchored would be: drawn in the database, the same each time. */
export async function fillPanel(source: DataSource, { products, sites }: Size): Promise<void> {
  await source.query(`
    INSERT INTO product_class SELECT 'p' || p, 'p' || p, 'g' || p % ${GROUPS}, '0xa' FROM generate_series(1, ${products}) p;
    INSERT INTO series (id, partner, measure, frequency, grain, product, site, product_group, label)
      SELECT ${id(`concat_ws('|', grain, product, site, "group")`)}, '0xa', 'DEMAND', 'MONTHLY', grain, product, site, "group", 's'
      FROM (
        SELECT 'PRODUCT_SITE' AS grain, 'p' || p AS product, 's' || s AS site, NULL AS "group"
          FROM generate_series(1, ${products}) p, generate_series(1, ${sites}) s
        UNION ALL SELECT 'PRODUCT', 'p' || p, NULL, NULL FROM generate_series(1, ${products}) p
        UNION ALL SELECT 'SITE', NULL, 's' || s, NULL FROM generate_series(1, ${sites}) s
        UNION ALL SELECT 'GROUP', NULL, NULL, 'g' || g FROM generate_series(0, ${Math.min(GROUPS, products) - 1}) g
        UNION ALL SELECT 'TOTAL', NULL, NULL, NULL
      ) made;
    INSERT INTO series (id, partner, measure, frequency, grain, label)
      VALUES (${id(`'daily'`)}, '0xa', 'DEMAND', 'DAILY', 'TOTAL', 'd');
    INSERT INTO observation VALUES (${id(`'daily'`)}, '${LAST_DAY}T00:00:00Z', 1, 1);`);
  for (let first = 1; first <= products; first += PRODUCTS_AT_ONCE)
    await source.query(LEAVES, [first, Math.min(products, first + PRODUCTS_AT_ONCE - 1)]);
  await source.query(SUMS);
  await source.query('ANALYZE series, observation');
}

/** A level and a season of the product, a size of the site, and noise by a hash, so that no seed of a session matters. */
const LEAVES = `
  INSERT INTO observation (series_id, period_start, value, event_count)
  SELECT s.id, timestamptz '2016-01-01Z' + month * interval '1 month',
    GREATEST(0, round((20 + number % 37) * (0.5 + place % 13 / 6.0) * (1 + 0.3 * sin(2 * pi() * (month + number) / 12) + 0.002 * month)
      * (0.7 + 0.6 * ((hashtextextended(s.id, month) & 65535) / 65535.0)))), 1
  FROM (SELECT s.*, substr(product, 2)::int AS number, substr(site, 2)::int AS place FROM series s WHERE grain = 'PRODUCT_SITE') s,
    generate_series(0, ${MONTHS - 1}) month
  WHERE number BETWEEN $1 AND $2 ORDER BY s.id, month`;

const SUMS = `
  WITH leaf AS MATERIALIZED (
    SELECT s.product, s.site, c.product_group, o.period_start, o.value
    FROM series s JOIN observation o ON o.series_id = s.id JOIN product_class c ON c.uri = s.product WHERE s.grain = 'PRODUCT_SITE'
  ), summed AS (
    SELECT CASE WHEN GROUPING(product) = 0 THEN 'PRODUCT' WHEN GROUPING(site) = 0 THEN 'SITE'
                WHEN GROUPING(product_group) = 0 THEN 'GROUP' ELSE 'TOTAL' END AS grain,
      product, site, product_group, period_start, sum(value) AS value
    FROM leaf GROUP BY period_start, GROUPING SETS ((product), (site), (product_group), ())
  )
  INSERT INTO observation (series_id, period_start, value, event_count)
  SELECT s.id, m.period_start, m.value, 1 FROM summed m JOIN series s ON s.grain = m.grain AND s.frequency = 'MONTHLY'
    AND s.product IS NOT DISTINCT FROM m.product AND s.site IS NOT DISTINCT FROM m.site
    AND s.product_group IS NOT DISTINCT FROM m.product_group`;

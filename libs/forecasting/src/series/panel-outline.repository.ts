import type { EntityManager } from 'typeorm';
import type { GrainRow } from './grain-hierarchy.js';
import type { PanelRequest } from './panel-request.js';
import { periodIndex } from './periods.js';

const DAY_MS = 86_400_000;

/** A series of a panel without its values. */
export interface PanelHead extends GrainRow {
  /** Number of its first period. */
  readonly begin: number;
}

/** What can be said of a panel before any value is read. */
export interface PanelOutline {
  /** Number of the first period that is not complete in the data. */
  readonly end: number;
  /** By id. */
  readonly heads: readonly PanelHead[];
}

type HeadRow = GrainRow & { readonly first: Date; readonly until: Date };

/**
 * Which series a panel has and where it ends, as `PanelRepository` reads it; null when no period is complete. A first value a series
 * is looked up, no other is read.
 */
export async function panelOutline(
  queries: Pick<EntityManager, 'query'>,
  { measure, frequency, asOf }: PanelRequest,
): Promise<PanelOutline | null> {
  const rows: HeadRow[] = await queries.query(HEADS, [measure, frequency.toUpperCase(), asOf]);
  const latest = rows.reduce((until, row) => Math.max(until, row.until.getTime()), -Infinity);
  if (latest === -Infinity) return null;
  const today = Math.floor(asOf.getTime() / DAY_MS) * DAY_MS;
  const end = periodIndex(Math.min(latest, today), frequency);
  const heads = rows.flatMap((row) => {
    const { id, partner, grain, product, site, productGroup, country, first } = row;
    const begin = periodIndex(first.getTime(), frequency);
    return begin < end ? [{ id, partner, grain, product, site, productGroup, country, begin }] : [];
  });
  return heads.length > 0 ? { end, heads } : null;
}

const HEADS = `
  WITH reported AS (
    SELECT s.partner, max(o.period_start) + interval '1 day' AS until
    FROM series s JOIN observation o ON o.series_id = s.id
    WHERE s.measure = $1 AND s.frequency = 'DAILY' AND s.grain = 'TOTAL' AND o.period_start < $3
    GROUP BY s.partner
  )
  SELECT s.id, s.partner, s.grain, s.product, s.site, COALESCE(s.product_group, NULLIF(class.product_group, '')) AS "productGroup",
         COALESCE(s.country, NULLIF(place.country, '')) AS country, earliest.first, r.until
  FROM series s
  JOIN reported r ON r.partner = s.partner
  CROSS JOIN LATERAL (
    SELECT o.period_start AS first FROM observation o WHERE o.series_id = s.id AND o.period_start < $3
    ORDER BY o.period_start LIMIT 1
  ) earliest
  LEFT JOIN product_class class ON class.uri = s.product
  LEFT JOIN site place ON place.uri = s.site
  WHERE s.measure = $1 AND s.frequency = $2
  ORDER BY s.id`;

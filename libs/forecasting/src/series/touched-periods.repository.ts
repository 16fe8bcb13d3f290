import type { EntityManager } from 'typeorm';

/** The days, first and last included, that touched periods lie in; UTC, as `2026-11-30`. */
export interface DaySpan {
  readonly first: string;
  readonly last: string;
}

/**
 * Makes the temporary table `touched_period` (partner, frequency, period), gone with the transaction: every day, week and month
 * in which the events of some batches happened.
 *
 * @returns the days that must be read to make these periods again; null where the batches hold nothing that a series counts
 */
export async function touchPeriods(
  manager: Pick<EntityManager, 'query'>,
  batches: readonly string[],
): Promise<DaySpan | null> {
  await manager.query(TOUCHED, [batches]);
  const [span]: { first: string | null; last: string | null }[] = await manager.query(SPAN);
  return span?.first && span.last ? { first: span.first, last: span.last } : null;
}

const TOUCHED = `
  CREATE TEMP TABLE touched_period ON COMMIT DROP AS
  SELECT DISTINCT day.partner, f.frequency, date_trunc(f.unit, day.day) AS period
  FROM (
    SELECT DISTINCT e.partner, date_trunc('day', e.event_time AT TIME ZONE 'UTC') AS day
    FROM anchor_leaf l JOIN epcis_event e ON e.event_time = l.event_time AND e.id = l.event_id
    WHERE l.batch_id = ANY($1::bigint[]) AND e.biz_step IN ('retail_selling', 'receiving', 'shipping')
  ) day, (VALUES ('DAILY', 'day'), ('WEEKLY', 'week'), ('MONTHLY', 'month')) f (frequency, unit)`;

const SPAN = `
  SELECT to_char(min(period), 'YYYY-MM-DD') AS first,
         to_char(max(period + CASE frequency WHEN 'DAILY' THEN interval '1 day' WHEN 'WEEKLY' THEN interval '7 days'
                                   ELSE interval '1 month' END) - interval '1 day', 'YYYY-MM-DD') AS last
  FROM touched_period`;

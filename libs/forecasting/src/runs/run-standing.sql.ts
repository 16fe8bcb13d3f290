import { STALE_SERIES } from '../series/stale-series.js';

/** An unbroken stream of events does not hold up forecasts for longer than this. */
export const MAX_WAIT = '10 minutes';

const WAITING = `(EXISTS (SELECT 1 FROM anchor_queue) OR EXISTS (
  SELECT 1 FROM anchor_batch b
  WHERE NOT EXISTS (SELECT 1 FROM trace_anchored t WHERE t.partner = b.partner AND t.root = b.root)))`;

/** Whether events wait for the chain, the series are of blocks that are gone, and the model ($1) has not run for $2. */
export const CATCHING_UP = `
  SELECT ${WAITING} AS waiting, ${STALE_SERIES} AS stale,
         COALESCE((SELECT max(created_at) FROM forecast_run WHERE version_id = $1)
                  < clock_timestamp() - $2::interval, false) AS overdue`;

const STALE_RUNS = `SELECT key FROM derivation WHERE name = 'forecast-run' AND stale_from IS NOT NULL`;

/** The run of a version ($1), a frequency, a time and data, in shadow or not ($5), and whether it has to be confirmed. */
export const EXISTING = `
  SELECT id, withdrawn_at IS NOT NULL OR id::text IN (${STALE_RUNS}) AS doubtful FROM forecast_run
  WHERE version_id = $1 AND frequency = $2 AND as_of = $3 AND data_sha256 = $4 AND is_shadow = $5`;

/** Withdraws every run that is marked, once series and chain have caught up. */
export const WITHDRAW = `
  WITH gone AS (
    DELETE FROM derivation WHERE name = 'forecast-run' AND stale_from IS NOT NULL 
      AND NOT ${WAITING} AND NOT ${STALE_SERIES} RETURNING key
  ), withdrawn AS (
    UPDATE forecast_run SET withdrawn_at = clock_timestamp() FROM gone WHERE id = gone.key::uuid AND withdrawn_at IS NULL
    RETURNING 1
  ) SELECT count(*)::int AS count FROM withdrawn`;

/**
 * The newest run of the version in force ($1) whose first target ($3: now) has not begun, unless the candidate ($2) has one of
 * the same values and periods that stands, or one in shards under way; what either was told of covariates is its own.
 */
export const TO_MATCH = `
  SELECT r.as_of AS "asOf", r.first_target AS "firstTarget", coalesce(r.values_sha256, r.data_sha256) AS "valuesSha256",
    (SELECT p.run_id FROM forecast_plan p WHERE p.run_id = r.id) AS "planId"
  FROM (
    SELECT * FROM forecast_run
    WHERE version_id = $1 AND NOT is_shadow AND withdrawn_at IS NULL ORDER BY seq DESC LIMIT 1
  ) r
  WHERE r.first_target > $3 AND NOT EXISTS (
    SELECT FROM forecast_plan WHERE version_id = $2 AND is_shadow AND finished_at IS NULL
  ) AND NOT EXISTS (
    SELECT FROM forecast_run twin
    WHERE twin.version_id = $2 AND twin.is_shadow AND twin.withdrawn_at IS NULL AND twin.id::text NOT IN (${STALE_RUNS})
      AND (twin.frequency, twin.as_of, coalesce(twin.values_sha256, twin.data_sha256), twin.first_target)
        = (r.frequency, r.as_of, coalesce(r.values_sha256, r.data_sha256), r.first_target))`;

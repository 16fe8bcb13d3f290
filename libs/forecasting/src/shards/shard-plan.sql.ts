import { STOCK_OUT } from '../statements/statement.js';

/** Number of the last stock-out that had been said before a moment. */
const lastStockOut = (moment: string): string =>
  `(SELECT max(seq) FROM covariate_statement WHERE name = '${STOCK_OUT}' AND said_at < ${moment}::timestamptz)`;

/**
 * A row where a plan of the version ($1) and frequency ($2) is open, or where the last one for the same first target ($3) and day
 * ($4: now) saw the observations as they are, and what is said of stock-outs and of the covariates that it takes, and its run stands.
 */
export const NOTHING_NEW = `
  SELECT FROM (
    SELECT * FROM forecast_plan WHERE version_id = $1 AND frequency = $2 AND NOT is_shadow ORDER BY planned_at DESC LIMIT 1
  ) last
  WHERE last.finished_at IS NULL OR (
    last.outcome <> 'ABANDONED' AND last.first_target = $3 AND last.day = ($4::timestamptz AT TIME ZONE 'UTC')::date
    AND last.observation_seq = COALESCE((SELECT seq FROM observation_change), 0)
    AND last.stock_outs_up_to IS NOT DISTINCT FROM ${lastStockOut('$4')}
    AND NOT EXISTS (
      SELECT FROM covariate_statement s, jsonb_array_elements(last.covariates -> 'covariates') taken
      WHERE taken ->> 'name' = s.name AND (s.seq > last.statement_seq OR (s.said_at >= last.told_until AND s.said_at < $4)))
    AND NOT EXISTS (
      SELECT FROM forecast_run r WHERE r.version_id = last.version_id AND r.data_sha256 = last.data_sha256 AND NOT r.is_shadow AND (
        r.withdrawn_at IS NOT NULL
        OR EXISTS (SELECT FROM derivation d WHERE d.name = 'forecast-run' AND d.key = r.id::text AND d.stale_from IS NOT NULL))))`;

export const INSERT_PLAN = `
  INSERT INTO forecast_plan (run_id, family, version_id, artifact_sha256, proposal_id, measure, frequency, as_of, first_target,
    as_of_block, day, usual_begin, sums, series, shards, horizon, gap, moments, traceparent, data_sha256, observation_seq,
    planned_at, covariates, statement_seq, told_until, stock_outs_up_to)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, ($11::timestamptz AT TIME ZONE 'UTC')::date, $12, $13, $14, $15, $16, $17, $18,
    $19, '', COALESCE((SELECT seq FROM observation_change), 0), clock_timestamp(),
    $20, $21, $22, ${lastStockOut('$11')})`;

export const INSERT_SHARD =
  'INSERT INTO forecast_shard (run_id, number, first_series, series) VALUES ($1, $2, $3, $4)';

export const INSERT_CONTENT =
  'INSERT INTO forecast_shard_content (run_id, number, history) VALUES ($1, $2, $3)';

export const DIGESTS = 'UPDATE forecast_plan SET data_sha256 = $2, values_sha256 = $3 WHERE run_id = $1';

export const CLOSE_AS_KNOWN = `
  UPDATE forecast_plan SET finished_at = clock_timestamp(), outcome = 'KNOWN', reason = 'the run of these data was there'
  WHERE run_id = $1`;

/** Closes open plans of versions that are not in force ($1 are), or of such as are no candidates ($3), and those whose first target began by $2. */
export const ABANDON = `
  UPDATE forecast_plan SET finished_at = clock_timestamp(), outcome = 'ABANDONED',
    reason = CASE WHEN first_target <= $2 THEN 'its first period began before it was whole; more workers make it faster'
                  WHEN is_shadow THEN 'its model is no candidate any more'
                  ELSE 'its model is not in force any more' END
  WHERE finished_at IS NULL AND is_shadow = $3 AND (first_target <= $2 OR NOT version_id = ANY($1))
  RETURNING run_id, reason`;

export const ABANDON_ONE = `
  UPDATE forecast_plan SET finished_at = clock_timestamp(), outcome = 'ABANDONED', reason = $2
  WHERE run_id = $1 AND finished_at IS NULL RETURNING run_id, reason`;

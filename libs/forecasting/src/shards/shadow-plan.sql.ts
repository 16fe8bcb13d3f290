/** Keeps the histories of a plan ($1) from being removed until the transaction ends. */
export const HOLD_PLAN = 'SELECT FROM forecast_plan WHERE run_id = $1 FOR SHARE';

/** A run ($1) that was made in shards, stands, and whose histories are there. */
export const BESIDE = `
  SELECT lower(b.frequency) AS frequency, b.as_of AS "asOf", coalesce(b.values_sha256, b.data_sha256) AS "valuesSha256",
    b.usual_begin AS "usualBegin", b.sums, b.horizon, b.gap, b.shards, first.series AS "shardSeries"
  FROM forecast_plan b
  JOIN forecast_run r ON r.id = b.run_id
  JOIN forecast_shard first ON first.run_id = b.run_id AND first.number = 0
  WHERE b.run_id = $1 AND b.outcome = 'STORED' AND r.withdrawn_at IS NULL
    AND NOT EXISTS (SELECT FROM derivation d WHERE d.name = 'forecast-run' AND d.key = r.id::text AND d.stale_from IS NOT NULL)
    AND EXISTS (SELECT FROM forecast_shard_content c WHERE c.run_id = b.run_id)`;

/** The plan of a candidate ($3, its artifact $4) beside a run ($1), as number $2; no row where one of it is open. */
export const INSERT_BESIDE = `
  INSERT INTO forecast_plan (run_id, family, version_id, artifact_sha256, measure, frequency, as_of, first_target, as_of_block, day,
    usual_begin, sums, series, shards, horizon, gap, moments, traceparent, data_sha256, observation_seq, planned_at, covariates,
    statement_seq, told_until, stock_outs_up_to, is_shadow, histories_of)
  SELECT $2::uuid, family, $3, $4, measure, frequency, as_of, first_target, as_of_block, day,
    usual_begin, sums, series, shards, horizon, gap, $5::jsonb, $6, coalesce(values_sha256, data_sha256), observation_seq,
    clock_timestamp(), $7::jsonb, $8::bigint, $9::timestamptz, stock_outs_up_to, true, run_id
  FROM forecast_plan WHERE run_id = $1::uuid
  ON CONFLICT (version_id, frequency, is_shadow) WHERE finished_at IS NULL DO NOTHING RETURNING run_id`;

/** The shards of a run ($1) once more for the plan of a candidate ($2), without histories of their own. */
export const SHARE_SHARDS = `
  WITH shard AS (
    INSERT INTO forecast_shard (run_id, number, first_series, series)
    SELECT $2::uuid, number, first_series, series FROM forecast_shard WHERE run_id = $1::uuid RETURNING run_id, number
  )
  INSERT INTO forecast_shard_content (run_id, number) SELECT run_id, number FROM shard`;

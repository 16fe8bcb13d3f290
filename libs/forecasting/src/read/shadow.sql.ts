/** Runs of versions ($1) in shadow that stand and whose root was on chain before the first period. */
const FIXED = `
  SELECT r.*, fixed.at AS fixed_at FROM forecast_run r
  CROSS JOIN LATERAL (SELECT min(block_time) AS at FROM forecast_committed c WHERE c.root = r.root) fixed
  WHERE r.version_id = ANY($1) AND r.is_shadow AND r.withdrawn_at IS NULL AND fixed.at IS NOT NULL`;

/** How each version did in shadow, over all of its forecasts whose outcome is known. */
export const SHADOW_RECORDS = `
  SELECT r.version_id AS "versionId", min(r.fixed_at) AS since, count(DISTINCT r.id)::integer AS runs,
    count(s.run_id)::integer AS scored, count(DISTINCT r.as_of) FILTER (WHERE s.run_id IS NOT NULL)::integer AS origins,
    avg(s.abs_error / f.scale) AS mase, avg(s.smape) AS "meanSmape",
    avg(s.inside_80::integer)::double precision AS coverage80
  FROM (${FIXED}) r
  LEFT JOIN forecast_score s ON s.run_id = r.id
  LEFT JOIN forecast f ON (f.run_id, f.series_id, f.step) = (s.run_id, s.series_id, s.step)
  GROUP BY r.version_id`;

/**
 * The sums of each series over pairs: what a version said in shadow and what the version in force had said of the same period
 * from the same data, both scored.
 */
export const SHADOW_PAIRS = `
  SELECT r.version_id AS "versionId", s.series_id AS "seriesId", count(*)::integer AS count, count(f.scale)::integer AS scaled,
    sum(s.smape) AS "candidateSmape", sum(g.smape) AS "runningSmape",
    coalesce(sum(s.abs_error / f.scale), 0) AS "candidateMase", coalesce(sum(g.abs_error / f.scale), 0) AS "runningMase",
    count(*) FILTER (WHERE g.inside_80)::integer AS "runningInside", array_agg(DISTINCT beside.version_id) AS "besideIds"
  FROM (${FIXED}) r
  CROSS JOIN LATERAL (
    SELECT id, version_id FROM forecast_run b
    WHERE b.family = r.family AND NOT b.is_shadow AND b.withdrawn_at IS NULL AND b.seq < r.seq
      AND (b.frequency, b.as_of, b.data_sha256, b.first_target) = (r.frequency, r.as_of, r.data_sha256, r.first_target)
    ORDER BY b.seq DESC LIMIT 1
  ) beside
  JOIN forecast_score s ON s.run_id = r.id
  JOIN forecast f ON (f.run_id, f.series_id, f.step) = (s.run_id, s.series_id, s.step)
  JOIN forecast_score g ON (g.run_id, g.series_id, g.step) = (beside.id, s.series_id, s.step)
  GROUP BY r.version_id, s.series_id`;

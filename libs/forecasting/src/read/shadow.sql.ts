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
 * from the same values, both scored. Of more than $2 series the sums of so many groups of them, by turns in the order of their ids, which are
 * hashes: the answer has no more rows than that a version.
 */
export const SHADOW_PAIRS = `
  WITH matched AS MATERIALIZED (
    SELECT r.id, r.version_id, beside.id AS beside_id, beside.version_id AS beside_version FROM (${FIXED}) r
    CROSS JOIN LATERAL (
      SELECT id, version_id FROM forecast_run b
      WHERE b.family = r.family AND NOT b.is_shadow AND b.withdrawn_at IS NULL AND b.seq < r.seq
        AND (b.frequency, b.as_of, coalesce(b.values_sha256, b.data_sha256), b.first_target)
          = (r.frequency, r.as_of, coalesce(r.values_sha256, r.data_sha256), r.first_target)
      ORDER BY b.seq DESC LIMIT 1
    ) beside
  ), one AS (
    SELECT m.version_id, s.series_id, count(*) AS count, count(f.scale) AS scaled,
      sum(s.smape) AS smape, sum(g.smape) AS running_smape,
      coalesce(sum(s.abs_error / f.scale), 0) AS mase, coalesce(sum(g.abs_error / f.scale), 0) AS running_mase,
      count(*) FILTER (WHERE g.inside_80) AS running_inside
    FROM matched m
    JOIN forecast_score s ON s.run_id = m.id
    JOIN forecast f ON (f.run_id, f.series_id, f.step) = (s.run_id, s.series_id, s.step)
    JOIN forecast_score g ON (g.run_id, g.series_id, g.step) = (m.beside_id, s.series_id, s.step)
    GROUP BY m.version_id, s.series_id
  ), placed AS (
    SELECT one.*, (row_number() OVER (PARTITION BY version_id ORDER BY series_id) - 1) % $2::integer AS unit FROM one
  )
  SELECT version_id AS "versionId", unit::integer AS unit, count(*)::integer AS series,
    (count(*) FILTER (WHERE scaled > 0))::integer AS "scaledSeries",
    sum(count)::integer AS count, sum(scaled)::integer AS scaled, sum(smape) AS "candidateSmape",
    sum(running_smape) AS "runningSmape", sum(mase) AS "candidateMase", sum(running_mase) AS "runningMase",
    sum(running_inside)::integer AS "runningInside",
    ARRAY(SELECT DISTINCT m.beside_version FROM matched m WHERE m.version_id = placed.version_id) AS "besideIds"
  FROM placed GROUP BY version_id, unit`;

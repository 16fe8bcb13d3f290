/**
 * Losses of a version ($1) by target period, oldest first: of several forecasts of a period the last that was committed before
 * it. A series whose baseline is unknown is left out.
 */
export const LOSS_WINDOWS = `
  WITH scored AS (
    SELECT f.target_start, f.series_id, s.abs_error AS model, s.baseline_error AS baseline,
           row_number() OVER (PARTITION BY f.target_start, f.series_id ORDER BY r.seq DESC) AS place
    FROM forecast_run r
    JOIN forecast f ON f.run_id = r.id
    JOIN forecast_score s ON s.run_id = f.run_id AND s.series_id = f.series_id AND s.step = f.step
    WHERE r.version_id = $1 AND NOT r.is_shadow AND r.withdrawn_at IS NULL AND s.baseline_error IS NOT NULL
      AND EXISTS (SELECT FROM forecast_committed c WHERE c.root = r.root)
  )
  SELECT target_start AS "targetStart", count(*)::int AS series, avg(model) AS "modelError", avg(baseline) AS "baselineError",
         avg(CASE WHEN model + baseline > 0 THEN (model - baseline) / (model + baseline) ELSE 0 END) AS difference
  FROM scored WHERE place = 1 GROUP BY target_start ORDER BY target_start`;

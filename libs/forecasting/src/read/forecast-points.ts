import type { ForecastPointRow, ForecastRunRow, PointScoreRow, SeriesForecastRow } from './forecast.rows.js';

/** A point as the database has it: quantiles in the order of the run's levels, a score spread over columns. */
export type StoredPoint = Omit<ForecastPointRow, 'quantiles' | 'score'> & {
  readonly runId: string;
  readonly seriesId: string;
  readonly values: readonly number[];
} & { readonly [Column in keyof PointScoreRow]: PointScoreRow[Column] | null };

/** Points of the pairs ($1[i] run, $2[i] series), by step. */
export const POINTS = `
  SELECT f.run_id AS "runId", f.series_id AS "seriesId", f.step, f.target_start AS "targetStart",
    f.target_end AS "targetEnd", f.mean, f.quantiles AS values, f.method, f.fallback_reason AS "fallbackReason",
    f.baseline, s.actual, s.abs_error AS "absError", s.baseline_error AS "baselineError", s.smape, s.pinball, s.inside_80 AS inside80,
    l.run_id IS NOT NULL AS "isLeftOut"
  FROM unnest($1::uuid[], $2::text[]) wanted (run_id, series_id)
  JOIN forecast f ON f.run_id = wanted.run_id AND f.series_id = wanted.series_id
  LEFT JOIN forecast_score s ON s.run_id = f.run_id AND s.series_id = f.series_id AND s.step = f.step
  LEFT JOIN forecast_left_out l ON l.run_id = f.run_id AND l.series_id = f.series_id AND l.step = f.step
  ORDER BY f.step`;

/** Gives each forecast its points. */
export function groupPoints(
  forecasts: readonly { seriesId: string; run: ForecastRunRow }[],
  stored: readonly StoredPoint[],
): SeriesForecastRow[] {
  const byPair = Map.groupBy(stored, (point) => `${point.runId} ${point.seriesId}`);
  return forecasts.map(({ seriesId, run }) => ({
    seriesId,
    run,
    points: (byPair.get(`${run.id} ${seriesId}`) ?? []).map((point) => pointOf(point, run.levels)),
  }));
}

function pointOf(stored: StoredPoint, levels: readonly number[]): ForecastPointRow {
  const { step, targetStart, targetEnd, mean, method, fallbackReason, baseline } = stored;
  const quantiles = stored.values.map((value, index) => ({ level: levels[index]!, value }));
  const said = { mean, quantiles, method, fallbackReason, baseline, isLeftOut: stored.isLeftOut };
  return { step, targetStart, targetEnd, ...said, score: scoreOf(stored) };
}

function scoreOf({
  actual,
  absError,
  baselineError,
  smape,
  pinball,
  inside80,
}: StoredPoint): PointScoreRow | null {
  if (actual === null || absError === null || smape === null || pinball === null || inside80 === null)
    return null;
  return { actual, absError, baselineError, smape, pinball, inside80 };
}

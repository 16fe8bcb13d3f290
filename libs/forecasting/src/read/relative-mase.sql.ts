/**
 * MASE over that of the seasonal naive, of scores `s` and their forecasts `f`, as `"relativeMase"`: over the forecasts that have
 * both a baseline and a scale, since of the others nothing can be held against anything.
 */
export const RELATIVE_MASE = `
  sum(s.abs_error / f.scale) FILTER (WHERE s.baseline_error IS NOT NULL)
    / NULLIF(sum(s.baseline_error / f.scale), 0) AS "relativeMase"`;

import { Injectable } from '@nestjs/common';
import { bulkInsert, factsMoments, recordDerivations } from '@tallyhouse/database';
import { DataSource } from 'typeorm';
import { STALE_SERIES } from '../series/stale-series.js';
import { scoreForecast } from '../scoring.js';
import { leftOutOf, type DueOutcome } from './left-out.repository.js';

interface DueRow extends DueOutcome {
  readonly run_id: string;
  readonly step: number;
  readonly levels: number[];
  readonly quantiles: number[];
  readonly mean: number;
  /** What the seasonal naive said, or the last value; null where nothing was known. */
  readonly baseline: number | null;
}

const SCORE_COLUMNS = {
  run_id: 'uuid',
  series_id: 'text',
  step: 'int',
  actual: 'float8',
  abs_error: 'float8',
  smape: 'float8',
  pinball: 'float8',
  inside_80: 'bool',
  scored_at: 'timestamptz',
  baseline_error: 'float8',
};

const LEFT_OUT_COLUMNS = {
  run_id: 'uuid',
  series_id: 'text',
  step: 'int',
  stock_outs_up_to: 'bigint',
  left_out_at: 'timestamptz',
};

/** Scores forecasts that were committed on chain before their outcome, once the outcome is complete. */
@Injectable()
export class ScoreService {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * Scores all that is due; returns how many points were scored. A period in which stock had been said by then to have run out gets
   * no score, whatever is said of it later: what was sold in it is not what was wanted. Scores that rest on blocks which are gone are taken
   * back first, and given anew where the commitment still stands and the outcome is complete.
   */
  public async scoreDue(now: Date): Promise<number> {
    const moments = await factsMoments(this.dataSource);
    await this.dataSource.query(FORGET_STALE);
    const due: DueRow[] = await this.dataSource.query(DUE, [now]);
    if (due.length === 0) return 0;
    const leftOut = await leftOutOf(this.dataSource, due, now);
    const [out, scored] = [due.filter((row) => leftOut?.has(row)), due.filter((row) => !leftOut?.has(row))];
    await this.dataSource.transaction(async (manager) => {
      const scores = scored.map((row) => scoreRow(row, now));
      const unscored = out.map((row) => [row.run_id, row.series_id, row.step, leftOut!.upTo, now]);
      await bulkInsert(manager, 'forecast_score', SCORE_COLUMNS, scores, 'ON CONFLICT DO NOTHING');
      await bulkInsert(manager, 'forecast_left_out', LEFT_OUT_COLUMNS, unscored, 'ON CONFLICT DO NOTHING');
      const runs = due.map((row) => row.run_id);
      await recordDerivations(manager, 'forecast-score', runs, moments);
    });
    return scored.length;
  }
}

const FORGET_STALE = `
  WITH stale AS (
    DELETE FROM derivation WHERE name = 'forecast-score' AND stale_from IS NOT NULL RETURNING key
  ), gone AS (SELECT DISTINCT key::uuid AS run_id FROM stale),
  left_out AS (DELETE FROM forecast_left_out l USING gone WHERE l.run_id = gone.run_id)
  DELETE FROM forecast_score s USING gone WHERE s.run_id = gone.run_id`;

/** A moment so much earlier by the calendar of UTC, whatever the session's is. */
const before = (time: string, span: string): string =>
  `((${time} AT TIME ZONE 'UTC' - ${span}) AT TIME ZONE 'UTC')`;

/**
 * Of runs from before baselines were kept: the same part of the last season that was over when the forecast was made; without one the last period that was. A period without
 * events is 0 once the series had begun.
 */
const BASELINE = `
  LEFT JOIN LATERAL (SELECT min(b.period_start) AS begun FROM observation b WHERE b.series_id = f.series_id AND NOT r.has_baseline) first ON true
  LEFT JOIN LATERAL (
    SELECT CASE r.frequency WHEN 'DAILY' THEN interval '7 days' WHEN 'WEEKLY' THEN interval '364 days' ELSE interval '1 year' END AS season,
           CASE r.frequency WHEN 'DAILY' THEN interval '1 day' WHEN 'WEEKLY' THEN interval '7 days' ELSE interval '1 month' END AS period
  ) length ON true
  LEFT JOIN LATERAL (
    SELECT COALESCE(b.value, 0) AS value
    FROM generate_series(1, 60) seasons (back)
    LEFT JOIN observation b ON b.series_id = f.series_id AND b.period_start = ${before('f.target_start', 'back * length.season')}
    WHERE ${before('f.target_start', 'back * length.season')} < r.as_of AND ${before('f.target_start', 'back * length.season')} >= first.begun
    ORDER BY back LIMIT 1
  ) seasonal ON true
  LEFT JOIN LATERAL (
    SELECT COALESCE(b.value, 0) AS value
    FROM (SELECT ${before('r.as_of', 'length.period')} AS start) last
    LEFT JOIN observation b ON b.series_id = f.series_id AND b.period_start = last.start
    WHERE last.start >= first.begun
  ) latest ON true`;

/** A target is complete when the series' partner has reported past its end; no event in it then means zero. */
const DUE = `
  WITH reported AS (
    SELECT s.partner, s.measure, max(o.period_start) + interval '1 day' AS until
    FROM series s JOIN observation o ON o.series_id = s.id
    WHERE s.frequency = 'DAILY' AND s.grain = 'TOTAL' GROUP BY s.partner, s.measure
  )
  SELECT f.run_id, f.series_id, f.step, r.frequency, f.target_start, r.levels, f.quantiles, f.mean, COALESCE(o.value, 0) AS actual,
         CASE WHEN r.has_baseline THEN f.baseline ELSE COALESCE(seasonal.value, latest.value) END AS baseline
  FROM forecast f
  JOIN forecast_run r ON r.id = f.run_id
  JOIN forecast_committed c ON c.root = r.root
  JOIN series s ON s.id = f.series_id
  JOIN reported p ON p.partner = s.partner AND p.measure = s.measure
  LEFT JOIN observation o ON o.series_id = f.series_id AND o.period_start = f.target_start
  ${BASELINE}
  WHERE f.target_end <= LEAST(p.until, $1) AND NOT ${STALE_SERIES}
    AND NOT EXISTS (SELECT 1 FROM forecast_score g WHERE (g.run_id, g.series_id, g.step) = (f.run_id, f.series_id, f.step))
    AND NOT EXISTS (SELECT 1 FROM forecast_left_out l WHERE (l.run_id, l.series_id, l.step) = (f.run_id, f.series_id, f.step))
  ORDER BY f.run_id, f.leaf_index`;

function scoreRow(row: DueRow, now: Date): unknown[] {
  const { levels, mean, actual } = row;
  const quantiles = row.quantiles.map((value) => [value]);
  const score = scoreForecast({ levels, quantiles, mean: [mean] }, [actual]);
  const [step] = score.steps;
  const pinball = step!.pinball.reduce((sum, loss) => sum + loss, 0) / levels.length;
  const inside =
    actual >= row.quantiles[levels.indexOf(0.1)]! && actual <= row.quantiles[levels.indexOf(0.9)]!;
  return [
    row.run_id,
    row.series_id,
    row.step,
    actual,
    step!.absoluteError,
    step!.smape,
    pinball,
    inside,
    now,
    row.baseline === null ? null : Math.abs(actual - row.baseline),
  ];
}

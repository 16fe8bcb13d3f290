import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Which steps; every given field must match. */
export interface ForecastStepFilter {
  readonly seriesId?: string | undefined;
  /** Without it, runs of versions in force that stand. */
  readonly runId?: string | undefined;
  readonly versionId?: string | undefined;
  /** Only steps of runs that were fixed on chain, whose outcome is known. */
  readonly isRecord?: boolean;
}

/** One forecast of one period, with its run and series, and its outcome where that is known. */
export interface ForecastStepRow {
  readonly runId: string;
  readonly family: string;
  readonly versionId: string;
  readonly asOf: Date;
  /** Address of the partner whose series it is. */
  readonly partner: string;
  readonly seriesId: string;
  readonly label: string;
  readonly measure: string;
  readonly frequency: string;
  readonly step: number;
  readonly targetStart: Date;
  readonly targetEnd: Date;
  readonly mean: number;
  /** In the order of the levels. */
  readonly quantiles: readonly number[];
  readonly levels: readonly number[];
  readonly method: string;
  readonly actual: number | null;
  readonly absError: number | null;
  readonly smape: number | null;
  readonly pinball: number | null;
  readonly inside80: boolean | null;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const STEPS = `
  SELECT r.id AS "runId", r.family, r.version_id AS "versionId", r.as_of AS "asOf", s.partner, s.id AS "seriesId", s.label,
    s.measure, s.frequency, f.step, f.target_start AS "targetStart", f.target_end AS "targetEnd", f.mean, f.quantiles, r.levels,
    f.method, o.actual, o.abs_error AS "absError", o.smape, o.pinball, o.inside_80 AS inside80
  FROM forecast_run r JOIN forecast f ON f.run_id = r.id JOIN series s ON s.id = f.series_id
  LEFT JOIN forecast_score o ON o.run_id = f.run_id AND o.series_id = f.series_id AND o.step = f.step
  WHERE ($1::text IS NULL OR f.series_id = $1) AND ($3::text IS NULL OR r.version_id = $3)
    AND CASE WHEN $2::uuid IS NULL THEN NOT r.is_shadow AND r.withdrawn_at IS NULL ELSE r.id = $2 END
    AND (NOT $4::boolean
      OR (o.run_id IS NOT NULL AND EXISTS (SELECT FROM forecast_committed c WHERE c.root = r.root)))
  ORDER BY r.seq DESC, s.label, s.id, f.step LIMIT $5`;

/** Reads forecasts as one table, a row a step, for files. */
@Injectable()
export class ForecastStepReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** The newest run first, then series by label; at most `most` rows. */
  public async list(filter: ForecastStepFilter, most: number): Promise<ForecastStepRow[]> {
    const { seriesId, runId, versionId, isRecord = false } = filter;
    if (runId !== undefined && !UUID.test(runId)) return [];
    return this.dataSource.query(STEPS, [
      ...[seriesId ?? null, runId ?? null, versionId?.toLowerCase() ?? null, isRecord, most],
    ]);
  }
}

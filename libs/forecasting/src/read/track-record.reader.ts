import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { RELATIVE_MASE } from './relative-mase.sql.js';
import type { SeriesFrequency, SeriesGrain, SeriesMeasure } from './series.reader.js';

/** Whose forecasts count; every given field must match. */
export interface TrackRecordFilter {
  readonly versionId?: string | null;
  readonly seriesId?: string | null;
  readonly measure?: SeriesMeasure | null;
  readonly frequency?: SeriesFrequency | null;
  readonly grain?: SeriesGrain | null;
  /** Start of the period that was forecast, inclusive. */
  readonly from?: Date | null;
  /** Exclusive. */
  readonly to?: Date | null;
}

/** How forecasts did, over those whose outcome is known. */
export interface TrackRecordFigures {
  readonly scored: number;
  readonly series: number;
  readonly meanSmape: number;
  /** Scaled by the history that was known when the forecast was made (Hyndman and Koehler 2006); null where none could be scaled. */
  readonly mase: number | null;
  /** That of the seasonal naive on the forecasts that have one. */
  readonly baselineMase: number | null;
  /** MASE over that of the seasonal naive, both on the forecasts that have one; below 1 the model did better. */
  readonly relativeMase: number | null;
  /** Mean of (forecast − outcome), scaled as MASE is; above 0 too much was forecast. */
  readonly scaledBias: number | null;
  /** Pinball loss over all levels, scaled as MASE is. */
  readonly scaledPinball: number | null;
  /** Share of outcomes inside the 80 % interval, 0 to 1. */
  readonly coverage80: number;
}

export interface TrackRecordPeriod extends TrackRecordFigures {
  readonly targetStart: Date;
}

export interface TrackRecordGrain extends TrackRecordFigures {
  readonly grain: SeriesGrain;
}

export interface TrackRecord {
  /** Null where no outcome is known. */
  readonly overall: TrackRecordFigures | null;
  readonly grains: readonly TrackRecordGrain[];
  /** Periods of the whole record. */
  readonly periodCount: number;
  /** The last of them, oldest first. */
  readonly periods: readonly TrackRecordPeriod[];
}

type Row = TrackRecordFigures & { readonly grain: SeriesGrain | null; readonly targetStart: Date | null };

/** Reads how forecasts did that were fixed on chain before their outcome. */
@Injectable()
export class TrackRecordReader {
  public constructor(private readonly dataSource: DataSource) {}

  /** @param last periods to give, from 1 */
  public async find(filter: TrackRecordFilter, last: number): Promise<TrackRecord> {
    const rows: Row[] = await this.dataSource.query(RECORD, [
      ...[filter.versionId?.toLowerCase(), filter.seriesId?.toLowerCase(), filter.measure],
      ...[filter.frequency, filter.grain, filter.from, filter.to],
    ]);
    const periods = rows.flatMap((row) =>
      row.targetStart === null ? [] : [{ ...row, targetStart: row.targetStart }],
    );
    return {
      overall: rows.find(({ grain, targetStart }) => grain === null && targetStart === null) ?? null,
      grains: rows.flatMap((row) => (row.grain === null ? [] : [{ ...row, grain: row.grain }])),
      periodCount: periods.length,
      periods: periods.slice(-last),
    };
  }
}

/** Of sums and ratios only forecasts with a scale count; those of the baseline need one of it as well. */
const RECORD = `
  SELECT x.grain, f.target_start AS "targetStart", count(*)::integer AS scored, count(DISTINCT s.series_id)::integer AS series,
    avg(s.smape) AS "meanSmape", avg(s.abs_error / f.scale) AS mase, avg(s.baseline_error / f.scale) AS "baselineMase",
    ${RELATIVE_MASE},
    avg((f.mean - s.actual) / f.scale) AS "scaledBias", avg(s.pinball / f.scale) AS "scaledPinball",
    avg(s.inside_80::integer)::double precision AS coverage80
  FROM forecast_run r
  JOIN forecast_score s ON s.run_id = r.id
  JOIN forecast f ON (f.run_id, f.series_id, f.step) = (s.run_id, s.series_id, s.step)
  JOIN series x ON x.id = s.series_id
  WHERE NOT r.is_shadow AND r.withdrawn_at IS NULL AND EXISTS (SELECT FROM forecast_committed c WHERE c.root = r.root)
    AND ($1::text IS NULL OR r.version_id = $1) AND ($2::text IS NULL OR s.series_id = $2)
    AND ($3::text IS NULL OR x.measure = $3) AND ($4::text IS NULL OR x.frequency = $4) AND ($5::text IS NULL OR x.grain = $5)
    AND ($6::timestamptz IS NULL OR f.target_start >= $6) AND ($7::timestamptz IS NULL OR f.target_start < $7)
  GROUP BY GROUPING SETS ((), (x.grain), (f.target_start))
  HAVING count(*) > 0
  ORDER BY f.target_start NULLS FIRST, x.grain NULLS FIRST`;

import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';

/** Which combinations are asked about; what is absent may be anything. */
export interface LeadTimeFilter {
  readonly country?: string | null;
  readonly mode?: string | null;
  readonly supplier?: string | null;
}

/** What to expect of one country, mode and supplier. */
export interface LaneLeadTimeRow {
  readonly country: string;
  readonly mode: string;
  readonly supplier: string;
  readonly deliveries: number;
  readonly lateShare: number;
  readonly lateProbability: number;
  readonly arrival: readonly { readonly level: number; readonly days: number }[];
}

/** The outlook and how far it can be believed. */
export interface LeadTimeRow {
  readonly asOf: Date;
  readonly asOfBlock: string;
  readonly dataSha256: string;
  readonly deliveries: number;
  readonly tested: number;
  readonly auc: number | null;
  readonly brier: number;
  readonly calibrationError: number;
  readonly laneAuc: number | null;
  readonly laneBrier: number;
  readonly laneCalibrationError: number;
  readonly coverage80: number;
  readonly lanes: readonly LaneLeadTimeRow[];
}

/** Reads what is to be expected of deliveries. */
@Injectable()
export class LeadTimeReader {
  public constructor(private readonly dataSource: DataSource) {}

  /**
   * The outlook of the combinations asked about, those with most deliveries first; undefined while too few are known.
   *
   * @param first combinations to give, from 1
   */
  public async find(filter: LeadTimeFilter, first: number): Promise<LeadTimeRow | undefined> {
    const [run]: (Omit<LeadTimeRow, 'lanes'> & { levels: number[] })[] = await this.dataSource.query(RUN);
    if (!run) return undefined;
    const rows: (Omit<LaneLeadTimeRow, 'arrival'> & { arrivalDays: number[] })[] =
      await this.dataSource.query(LANES, [filter.country, filter.mode, filter.supplier, first]);
    const { levels, ...told } = run;
    const lanes = rows.map(({ arrivalDays, ...lane }) => ({
      ...lane,
      arrival: arrivalDays.map((days, at) => ({ level: levels[at]!, days })),
    }));
    return { ...told, lanes };
  }
}

const RUN = `
  SELECT as_of AS "asOf", as_of_block AS "asOfBlock", data_sha256 AS "dataSha256", deliveries, tested, levels, auc, brier,
         calibration_error AS "calibrationError", lane_auc AS "laneAuc", lane_brier AS "laneBrier",
         lane_calibration_error AS "laneCalibrationError", coverage_80 AS "coverage80"
  FROM lead_time_run`;

const LANES = `
  SELECT country, mode, supplier, deliveries, late_share AS "lateShare", late_probability AS "lateProbability",
         arrival_days AS "arrivalDays"
  FROM lead_time
  WHERE ($1::text IS NULL OR country = $1) AND ($2::text IS NULL OR mode = $2) AND ($3::text IS NULL OR supplier = $3)
  ORDER BY deliveries DESC, country, mode, supplier LIMIT $4`;

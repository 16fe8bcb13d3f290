import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { LEAD_TIME_FAMILY } from './lateness-artifact.js';

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
  /** File of the version that told it; null where none was in force. */
  readonly artifactSha256: string | null;
  /** Null too where the registry does not know any more that it put that file in force. */
  readonly versionId: string | null;
  /** Null for a version that nobody voted on. */
  readonly proposalId: string | null;
  readonly isVersionTested: boolean;
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
    const [run]: (Omit<LeadTimeRow, 'lanes'> & { levels: number[] })[] = await this.dataSource.query(RUN, [
      LEAD_TIME_FAMILY,
    ]);
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
  SELECT r.as_of AS "asOf", r.as_of_block AS "asOfBlock", r.data_sha256 AS "dataSha256", r.deliveries, r.tested, r.levels, r.auc,
         r.brier, r.calibration_error AS "calibrationError", r.lane_auc AS "laneAuc", r.lane_brier AS "laneBrier",
         r.lane_calibration_error AS "laneCalibrationError", r.coverage_80 AS "coverage80",
         r.artifact_sha256 AS "artifactSha256", r.is_version_tested AS "isVersionTested",
         v.version_id AS "versionId", v.proposal_id::text AS "proposalId"
  FROM lead_time_run r LEFT JOIN LATERAL (
    SELECT a.version_id, a.proposal_id FROM model_activation a JOIN model_family_current f USING (chain_id, family)
    WHERE f.name = $1 AND a.artifact_sha256 = r.artifact_sha256 ORDER BY a.block_number, a.log_index LIMIT 1
  ) v ON true`;

const LANES = `
  SELECT country, mode, supplier, deliveries, late_share AS "lateShare", late_probability AS "lateProbability",
         arrival_days AS "arrivalDays"
  FROM lead_time
  WHERE ($1::text IS NULL OR country = $1) AND ($2::text IS NULL OR mode = $2) AND ($3::text IS NULL OR supplier = $3)
  ORDER BY deliveries DESC, country, mode, supplier LIMIT $4`;

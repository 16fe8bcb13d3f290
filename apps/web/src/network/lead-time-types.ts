/** What a supplier's next delivery to a country by a mode may expect. */
export interface LaneLeadTime {
  country: string;
  mode: string;
  supplier: string;
  deliveries: number;
  /** 0..1. */
  lateShare: number;
  lateProbability: number;
  /** Days after the promised day by level, ascending. */
  arrival: { level: number; days: number }[];
}

/** The outlook of deliveries, what told it, and how well lateness was told. */
export interface LeadTimes {
  asOf: string;
  asOfBlock: string;
  deliveries: number;
  tested: number;
  auc: number | null;
  brier: number;
  calibrationError: number;
  laneAuc: number | null;
  laneBrier: number;
  laneCalibrationError: number;
  coverage80: number;
  /** Null before a vote. */
  artifactSha256: string | null;
  versionId: string | null;
  proposalId: string | null;
  isVersionTested: boolean;
  lanes: LaneLeadTime[];
}

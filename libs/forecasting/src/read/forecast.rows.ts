/** One run of a model over every series of a frequency. */
export interface ForecastRunRow {
  readonly id: string;
  readonly family: string;
  readonly versionId: string;
  readonly artifactSha256: string;
  readonly proposalId: string | null;
  readonly frequency: string;
  readonly asOf: Date;
  readonly firstTarget: Date;
  readonly asOfBlock: string;
  /** SHA-256 of the panel that was forecast. */
  readonly dataSha256: string;
  readonly levels: readonly number[];
  readonly root: string;
  readonly count: number;
  readonly createdAt: Date;
  /** Made by a version that was not in force. */
  readonly isShadow: boolean;
  /** When the chain had taken back what it was made of; null while it stands. */
  readonly withdrawnAt: Date | null;
  /** How sums and parts were brought together; null where they were not. */
  readonly reconciliation: 'MINT' | 'STRUCTURAL' | null;
  /** Why not by past errors. */
  readonly reconciliationReason: string | null;
  /** Number of the last stock-out that it knew; null where none had been said. */
  readonly stockOutsUpTo: number | null;
}

/** Where a run's root was fixed on chain. */
export interface CommitmentRow {
  readonly root: string;
  readonly blockNumber: string;
  readonly txHash: string;
  readonly blockTime: Date;
}

/** How a run did on the `count` forecasts whose outcome is known: mean sMAPE and the share inside the 80 % interval. */
export interface RunScoreRow {
  readonly runId: string;
  readonly count: number;
  readonly meanSmape: number;
  readonly coverage80: number;
  /** MASE over that of the seasonal naive on the same forecasts; below 1 the model did better, null where none can be scaled. */
  readonly relativeMase: number | null;
}

/** How the committed forecasts of a version did; null where no outcome is known yet. */
export interface VersionRecordRow {
  readonly versionId: string;
  readonly runs: number;
  readonly scored: number;
  readonly meanSmape: number | null;
  readonly coverage80: number | null;
  /** As of a run. */
  readonly relativeMase: number | null;
}

/** A forecast at one quantile level in (0, 1). */
export interface QuantileRow {
  readonly level: number;
  readonly value: number;
}

/** What became of a forecast. */
export interface PointScoreRow {
  readonly actual: number;
  readonly absError: number;
  /** Absolute error of the baseline; null where there is none. */
  readonly baselineError: number | null;
  readonly smape: number;
  readonly pinball: number;
  readonly inside80: boolean;
}

/** The forecast of one period of one series. */
export interface ForecastPointRow {
  readonly step: number;
  readonly targetStart: Date;
  readonly targetEnd: Date;
  readonly mean: number;
  readonly quantiles: readonly QuantileRow[];
  readonly method: string;
  readonly fallbackReason: string | null;
  /** What the seasonal naive said with the same data; null where nothing was known, and for forecasts from before it was kept. */
  readonly baseline: number | null;
  /** Stock ran out in the period: what was sold is not what was wanted, and the forecast gets no score. */
  readonly isLeftOut: boolean;
  readonly score: PointScoreRow | null;
}

/** One series in one run. */
export interface SeriesForecastRow {
  readonly seriesId: string;
  readonly run: ForecastRunRow;
  readonly points: readonly ForecastPointRow[];
}

export * from './contract/forecaster.js';
export * from './contract/panel.js';
export * from './forecasting.errors.js';
export * from './backtest/metrics.js';
export { type LocalFit, type LocalMethod } from './methods/local-method.js';
export { localForecaster, type LocalForecasterOptions } from './methods/local-forecaster.js';
export { drift, naive, seasonalNaive, windowAverage } from './methods/naive.js';
export {
  createForecaster,
  isLocalMethodName,
  LOCAL_METHODS,
  localMethod,
  parseLocalConfig,
  type LocalConfig,
  type LocalMethodName,
} from './methods/registry.js';
export {
  backtest,
  BASELINES,
  type Backtest,
  type BacktestOptions,
  type Candidate,
  type Fold,
} from './backtest/backtest.js';
export { assertForecasts } from './backtest/check-forecasts.js';
export {
  evaluationReport,
  type EvaluationReport,
  type Figures,
  type ModelFigures,
} from './backtest/report.js';
export { compareModels, type ModelComparison } from './backtest/compare.js';
export { readComparison, type ComparisonLine } from './backtest/read-comparison.js';
export {
  readBacktest,
  type BacktestFigure,
  type BacktestFold,
  type BacktestGroup,
  type BacktestModel,
  type BacktestTable,
} from './backtest/read-report.js';
export { ApartError } from './apart/apart.errors.js';
export type { ApartBounds } from './apart/candidate-host.js';
export { forecastApart, type ApartForecaster } from './apart/forecast-apart.js';
export type { PairedDifference } from './shadow/paired-differences.js';
export { reportDifferences, type ReportDifference } from './backtest/report-differences.js';
export { demandClassOf } from './ensemble/demand-class.js';
export type { SeriesErrors, SeriesScore } from './backtest/series-score.js';
export { scoreForecast, type CommittedForecast, type ForecastScore, type StepScore } from './scoring.js';
export { aggregate, type AggregateOptions, type Observation, type Span } from './series/aggregate.js';
export { panelSha256 } from './series/panel-digest.js';
export { PanelSliceReader, type PanelSlice } from './series/panel-slice.reader.js';
export { lastPeriodsMs, periodIndex, periodStart, periodStartMs } from './series/periods.js';
export { scmsMonthlyBacktest, type MonthlyQuantity, type ScmsMonthlyResult } from './claims/scms-monthly.js';
export {
  artifactOf,
  ensembleArtifact,
  forecasterFromArtifact,
  networkArtifact,
  readArtifact,
  takenCovariates,
  tideArtifact,
  tideFromArtifact,
  tideSettings,
} from './artifact/artifact.js';
export {
  ARTIFACT_FORMAT,
  FORECAST_FAMILIES,
  FORECASTERS,
  type ArtifactDescription,
  type ArtifactManifest,
  settingsOf,
  type FeatureSpec,
  type ForecastFamily,
} from './artifact/manifest.js';
export type { GlobalConfig } from './global/config.js';
export { globalForecaster, trainedForecaster, type ModelWriter } from './global/global-forecaster.js';
export { GLOBAL_NETWORK, type GlobalModel } from './global/predict.js';
export { ForecastingModule } from './forecasting.module.js';
export {
  ForecastRunService,
  type RunIdentity,
  type RunToMatch,
  type RunningModel,
  type RunRequest,
} from './runs/forecast-run.service.js';
export { ShardPlanService, type PlanRequest } from './shards/shard-plan.service.js';
export { ShadowPlanService, type ShadowShare } from './shards/shadow-plan.service.js';
export { ShardWorkService } from './shards/shard-work.service.js';
export { ShardProgressReader, type ShardProgressRow } from './shards/shard-progress.reader.js';
export { STORED_LEVELS } from './runs/run-points.js';
export { CommitmentRepository, type UncommittedRun } from './runs/commitment.repository.js';
export { ScoreService } from './runs/score.service.js';
export {
  PanelRepository,
  SEASON_LENGTH,
  type DatedPanel,
  type Measure,
  type PanelRequest,
} from './series/panel.repository.js';
export { SeriesRefreshService } from './series/series-refresh.service.js';
export * from './read/index.js';
export { DriftReader, type LossWindowRow, type ModelDriftRow } from './drift/drift.reader.js';
export { DriftService, MODEL_WEBHOOK } from './drift/drift.service.js';
export { watchRecord, type DriftState, type LossWindow } from './drift/watch-record.js';
export {
  DecompositionReader,
  type DecomposedPeriod,
  type SeriesDecomposition,
} from './decomposition/decomposition.reader.js';
export {
  ensembleForecaster,
  type ClassWeights,
  type EnsembleOptions,
  type EnsemblePhase,
  type FittedEnsemble,
} from './ensemble/ensemble-forecaster.js';
export { ensembleNumbers } from './artifact/ensemble-numbers.js';
export { ENSEMBLE } from './ensemble/joined-forecast.js';
export { ensembleSettings, type EnsembleSettings } from './ensemble/learn-ensemble.js';
export { trainableEnsemble } from './ensemble/learned-ensemble.js';
export type { NetworkOptions } from './ensemble/network-member.js';
export { runInThreads, runWherePaying } from './ensemble/paths-threads.js';
export type { PathsRunner } from './ensemble/paths-runner.js';
export { readCovariateFile, type CovariateFile } from './covariates/covariate-file.js';
export type { Covariate, CovariateKind, CovariatePanel } from './covariates/covariate-panel.js';
export type { Heard as CovariateHeard } from './covariates/hearing.js';
export { tideForecaster, trainedTide } from './covariates/tide-forecaster.js';
export { parseChanges, type CovariateChange } from './covariates/what-if.js';
export { TIDE, type TideModel } from './covariates/tide-model.js';
export { isFault, parseStatement } from './statements/parse-statement.js';
export {
  STOCK_OUT,
  type CovariateStatement,
  type GivenStatement,
  type NewStatement,
  type StatementFault,
} from './statements/statement.js';
export type { StockOutsOfPanel } from './stock-outs/stock-outs.repository.js';
export { StockOuts } from './stock-outs/stock-outs.js';
export { CovariateBook } from './statements/covariate-book.js';
export { StockOutReader, type SeriesStockOuts, type StockOutRow } from './stock-outs/stock-out.reader.js';
export { StatementRepository } from './statements/statement.repository.js';
export { statedCovariates } from './statements/stated-covariates.js';
export { rootWithStatements } from './statements/statements-root.js';
export {
  WhatIfReader,
  type WhatIfAnswer,
  type WhatIfPoint,
  type WhatIfValue,
} from './statements/what-if.reader.js';
export {
  informedForecaster,
  outlookOf,
  withOutlook,
  type Outlook,
  type TakenCovariates,
} from './statements/outlook.js';
export { readDatedFile, type DatedRequest } from './dated/dated-file.js';
export { hierarchyColumns, readDatedHierarchy, type DatedHierarchy } from './dated/dated-hierarchy.js';
export { forecastDated, forecastDatedHierarchy, type DatedForecast } from './dated/forecast-dated.js';
export { hierarchyOf, type Hierarchy } from './hierarchy/hierarchy.js';
export { reconciledForecaster } from './hierarchy/reconciled-forecaster.js';
export { readPanelFile, type FileSeries } from './competition/panel-file.js';
export { classesOf, type SeriesClass } from './competition/classes.js';
export {
  forecastFile,
  memberSeconds,
  scoreForecasts,
  withBenchmarks,
  type ClassForecasts,
  type FiguresByMethod,
  type FileForecast,
} from './competition/evaluate.js';
export { FORECAST_HEADER, forecastLines } from './competition/forecast-lines.js';
export { INTERVAL_LEVELS, type CompetitionFigures } from './competition/figures.js';
export { deliveryOf, type Delivery } from './lead-time/delivery.js';
export { asOfDeliveries } from './lead-time/as-of-features.js';
export { deliveriesKnown } from './lead-time/deliveries-known.js';
export { anchoredDeliveries } from './lead-time/delivery.repository.js';
export { evaluateLateness, measureLateness, type LatenessEvaluation } from './lead-time/evaluate-lateness.js';
export {
  isLatenessArtifact,
  LATENESS,
  latenessArtifact,
  LEAD_TIME_FAMILY,
  readLateness,
  type LatenessVersion,
} from './lead-time/lateness-artifact.js';
export { TESTED_DAYS } from './lead-time/lane-outlook.js';
export { latenessLines } from './lead-time/lateness-fields.js';
export { learnLateness } from './lead-time/lateness-model.js';
export { LATENESS_SETTINGS } from './lead-time/lateness-settings.js';
export {
  LeadTimeReader,
  type LaneLeadTimeRow,
  type LeadTimeFilter,
  type LeadTimeRow,
} from './lead-time/lead-time.reader.js';
export { LeadTimeService, type VotedLateness } from './lead-time/lead-time.service.js';
export { probabilityFigures, type ProbabilityFigures } from './lead-time/probability-figures.js';

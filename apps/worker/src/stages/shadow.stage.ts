import { seededRandom } from '@tallyhouse/compute';
import type { Config, Logger } from '@tallyhouse/config';
import {
  ApartError,
  FORECAST_FAMILIES,
  ForecastingError,
  readArtifact,
  takenCovariates,
  type ApartForecaster,
  type ArtifactManifest,
  type ForecastRunService,
  type RunIdentity,
} from '@tallyhouse/forecasting';
import {
  isFileFault,
  runningVersions,
  type ArtifactStore,
  type RunningVersion,
  type ShadowCandidate,
  type ShadowCandidates,
} from '@tallyhouse/model-registry';
import type { DataSource } from 'typeorm';
import type { ChainMoment } from './chain-clock.js';

const FORECAST_SEED = 1;
/** A file may be put into the store at any moment. */
const FILE_PAUSE_S = 20;
/** What failed once on these series fails again; it is tried when there may be others. */
const FAILURE_PAUSE_S = 3_600;
/** The stage leaves the others for its next turn after this, well before its job would be given up. */
const LONG_MS = 400_000;

/** What the stage works with. */
export interface ShadowServices {
  readonly dataSource: DataSource;
  readonly store: ArtifactStore;
  readonly candidates: ShadowCandidates;
  readonly runs: ForecastRunService;
  readonly apart: (artifact: Uint8Array, name: string) => ApartForecaster;
}

/** Lets candidates forecast what the version in force has just forecast, from the same data, for the record alone. */
export class ShadowStage {
  public constructor(
    private readonly config: Config,
    private readonly services: ShadowServices,
    private readonly logger: Logger,
  ) {}

  /** A candidate that fails is said to have failed, and the next one has its turn. */
  public async run(moment: ChainMoment): Promise<void> {
    const { dataSource, candidates } = this.services;
    const due = await candidates.follow(FORECAST_FAMILIES, moment.time);
    if (due.length === 0) return;
    const running = await runningVersions(dataSource, FORECAST_FAMILIES);
    const startedMs = performance.now();
    for (const candidate of due) {
      if (performance.now() - startedMs > LONG_MS) return;
      const beside = running.find(({ family }) => family === candidate.family);
      if (beside) await this.runOne(candidate, beside, moment);
    }
  }

  private async runOne(
    candidate: ShadowCandidate,
    beside: RunningVersion,
    moment: ChainMoment,
  ): Promise<void> {
    const { versionId, family } = candidate;
    const { candidates, runs } = this.services;
    const match = await runs.toMatch(beside.versionId, versionId, moment.time);
    if (!match) return;
    const startedMs = performance.now();
    try {
      const runId = await this.forecast(candidate, beside, match, moment);
      if (runId === null) return;
      await candidates.ran(versionId, performance.now() - startedMs);
      this.logger.info({ event: 'shadow-forecast-made', runId, family, versionId });
    } catch (error) {
      const refusal = refusalOf(error);
      if (!refusal) throw error;
      await candidates.refused(versionId, refusal.reason, refusal.pauseS);
      this.logger.warn({ event: 'shadow-refused', family, versionId, reason: refusal.reason });
    }
  }

  private async forecast(
    candidate: ShadowCandidate,
    beside: RunningVersion,
    match: RunIdentity,
    { time: now, block }: ChainMoment,
  ): Promise<string | null> {
    const { store, runs, apart } = this.services;
    const artifact = await store.get(candidate.artifactSha256);
    const manifest = readArtifact(artifact);
    assertComparable(candidate, manifest, readArtifact(await store.get(beside.artifactSha256)));
    const covariates = takenCovariates(manifest);
    const { forecaster, stop } = apart(artifact, manifest.forecaster);
    try {
      return await runs.run({
        model: { ...candidate, ...manifest.featureSpec, proposalId: null },
        forecaster,
        // Its process has an engine of its own.
        context: { rng: seededRandom(FORECAST_SEED) },
        horizon: this.config.forecastHorizon,
        mostSeries: this.config.forecastShardSeries,
        ...{ now, block, beside: match },
        ...(covariates ? { covariates } : {}),
      });
    } finally {
      await stop();
    }
  }
}

/** A candidate of another measure or spacing has nothing beside it to be held against. */
function assertComparable(
  { family }: ShadowCandidate,
  candidate: ArtifactManifest,
  running: ArtifactManifest,
): void {
  if (candidate.family !== family)
    throw new ApartError(`the artifact is a model of family ${candidate.family}, not ${family}`);
  const [wanted, found] = [running.featureSpec, candidate.featureSpec];
  if (wanted.measure === found.measure && wanted.frequency === found.frequency) return;
  throw new ApartError(
    `it forecasts ${found.frequency} ${found.measure}, and what runs ${wanted.frequency} ${wanted.measure}`,
  );
}

/** Why a candidate does not run; undefined for what is no fault of the candidate. */
function refusalOf(error: unknown): { reason: string; pauseS: number } | undefined {
  if (isFileFault(error)) return { reason: `${error.code}: ${error.message}`, pauseS: FILE_PAUSE_S };
  if (error instanceof ForecastingError)
    return { reason: `${error.code}: ${error.message}`, pauseS: FAILURE_PAUSE_S };
  if (error instanceof ApartError) return { reason: error.message, pauseS: FAILURE_PAUSE_S };
  return undefined;
}

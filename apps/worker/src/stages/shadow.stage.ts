import { seededRandom } from '@tallyhouse/compute';
import type { Config, Logger } from '@tallyhouse/config';
import {
  ApartError,
  FORECAST_FAMILIES,
  isLatenessArtifact,
  LEAD_TIME_FAMILY,
  readArtifact,
  takenCovariates,
  type ApartForecaster,
  type ArtifactManifest,
  type ForecastRunService,
  type RunIdentity,
  type ShadowPlanService,
} from '@tallyhouse/forecasting';
import {
  runningVersions,
  type ArtifactStore,
  type RunningVersion,
  type ShadowCandidate,
  type ShadowCandidates,
} from '@tallyhouse/model-registry';
import type { DataSource } from 'typeorm';
import { candidateFailure } from './candidate-failure.js';
import type { ChainMoment } from './chain-clock.js';
import { FORECAST_SEED } from './forecast.stage.js';

/** What a file is never changes. */
const KIND_PAUSE_S = 100 * 86_400;
/** The stage leaves the others for its next turn after this, well before its job would be given up. */
const LONG_MS = 400_000;

/** What the stage works with. */
export interface ShadowServices {
  readonly dataSource: DataSource;
  readonly store: ArtifactStore;
  readonly candidates: ShadowCandidates;
  readonly runs: ForecastRunService;
  readonly plans: ShadowPlanService;
  readonly apart: (artifact: Uint8Array, name: string) => ApartForecaster;
}

interface CandidateModel {
  readonly artifact: Uint8Array;
  readonly manifest: ArtifactManifest;
}

/** Lets candidates forecast what the version in force has just forecast, from the same data, for the record alone. */
export class ShadowStage {
  public constructor(
    private readonly config: Config,
    private readonly services: ShadowServices,
    private readonly logger: Logger,
  ) {}

  /**
   * A candidate that fails is said to have failed, and the next one has its turn.
   *
   * @returns whether runs were cut into shards, which wait for workers
   */
  public async run(moment: ChainMoment): Promise<boolean> {
    const { dataSource, candidates, plans } = this.services;
    const due = await candidates.follow(FORECAST_FAMILIES, moment.time);
    for (const reason of await plans.abandonStale(await candidates.tried(), moment.time))
      this.logger.warn({ event: 'shadow-abandoned', reason });
    if (due.length === 0) return false;
    const running = await runningVersions(dataSource, FORECAST_FAMILIES);
    const startedMs = performance.now();
    let isPlanned = false;
    for (const candidate of due) {
      if (performance.now() - startedMs > LONG_MS) break;
      if (await this.tellsNoSeries(candidate)) continue;
      const beside = running.find(({ family }) => family === candidate.family);
      if (beside && (await this.runOne(candidate, beside, moment))) isPlanned = true;
    }
    return isPlanned;
  }

  /** A version that tells of deliveries has nothing to run beside: it is measured on deliveries before its vote. */
  private async tellsNoSeries({ versionId, family, artifactSha256 }: ShadowCandidate): Promise<boolean> {
    if (family !== LEAD_TIME_FAMILY) return false;
    const { store, candidates } = this.services;
    // A file that is missing is refused where it is run.
    const bytes = await store.get(artifactSha256).catch(() => undefined);
    if (!bytes || !isLatenessArtifact(bytes)) return false;
    await candidates.refused(versionId, 'it tells of deliveries and forecasts no series', KIND_PAUSE_S);
    return true;
  }

  /** Whether shares of a run were planned. */
  private async runOne(
    candidate: ShadowCandidate,
    beside: RunningVersion,
    moment: ChainMoment,
  ): Promise<boolean> {
    const { versionId, family } = candidate;
    const { candidates, runs } = this.services;
    const match = await runs.toMatch(beside.versionId, versionId, moment.time);
    if (!match) return false;
    try {
      const model = await this.modelOf(candidate, beside);
      if (match.planId !== null) return await this.plan(candidate, model, match.planId, moment);
      const startedMs = performance.now();
      const runId = await this.forecast(candidate, model, match, moment);
      if (runId === null) return false;
      await candidates.ran(versionId, performance.now() - startedMs);
      this.logger.info({ event: 'shadow-forecast-made', runId, family, versionId });
    } catch (error) {
      const failure = candidateFailure(error);
      if (!failure) throw error;
      await candidates.refused(versionId, failure.reason, failure.pauseS);
      this.logger.warn({ event: 'shadow-refused', family, versionId, reason: failure.reason });
    }
    return false;
  }

  private async modelOf(candidate: ShadowCandidate, beside: RunningVersion): Promise<CandidateModel> {
    const { store } = this.services;
    const artifact = await store.get(candidate.artifactSha256);
    const manifest = readArtifact(artifact);
    assertComparable(candidate, manifest, readArtifact(await store.get(beside.artifactSha256)));
    return { artifact, manifest };
  }

  private async plan(
    { family, versionId, artifactSha256 }: ShadowCandidate,
    { manifest }: CandidateModel,
    besideId: string,
    { time: now }: ChainMoment,
  ): Promise<boolean> {
    const covariates = takenCovariates(manifest);
    const told = covariates ? { covariates } : {};
    const runId = await this.services.plans.plan({ versionId, artifactSha256, besideId, now, ...told });
    if (runId) this.logger.info({ event: 'shadow-planned', runId, family, versionId });
    return runId !== null;
  }

  private async forecast(
    candidate: ShadowCandidate,
    { artifact, manifest }: CandidateModel,
    match: RunIdentity,
    { time: now, block }: ChainMoment,
  ): Promise<string | null> {
    const { runs, apart } = this.services;
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

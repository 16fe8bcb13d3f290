import { seededRandom } from '@tallyhouse/compute';
import type { Config, Logger } from '@tallyhouse/config';
import {
  FORECAST_FAMILIES,
  isLatenessArtifact,
  type ForecastRunService,
  type ShardPlanService,
} from '@tallyhouse/forecasting';
import { runningVersions, type ArtifactStore, type RunningVersion } from '@tallyhouse/model-registry';
import type { DataSource } from 'typeorm';
import type { LoadedModel, ModelLoader } from '../models/model-loader.js';

export const FORECAST_SEED = 1;

/** What the stage works with. */
export interface ForecastServices {
  readonly dataSource: DataSource;
  readonly store: ArtifactStore;
  readonly loader: ModelLoader;
  readonly runs: ForecastRunService;
  readonly plans: ShardPlanService;
}

/** What a turn of the stage did. */
export interface ForecastTurn {
  /** A run was made. */
  readonly made: boolean;
  /** A run was cut into shards, which wait for workers. */
  readonly planned: boolean;
}

/** Runs every version in force on what is known now; over many series it plans the run, and all workers make it. */
export class ForecastStage {
  /** By family: a file is read and hashed when its version comes in force, and not at every look. */
  private readonly kept = new Map<string, { readonly sha256: string; readonly model: LoadedModel | null }>();

  public constructor(
    private readonly config: Config,
    private readonly services: ForecastServices,
    private readonly logger: Logger,
  ) {}

  /** @param now time and number of the chain's latest indexed block */
  public async run(now: Date, block: number): Promise<ForecastTurn> {
    const { dataSource, plans, runs } = this.services;
    const running = await runningVersions(dataSource, FORECAST_FAMILIES);
    const inForce = running.map(({ versionId }) => versionId);
    for (const reason of await plans.abandonStale(inForce, now))
      this.logger.warn({ event: 'forecast-abandoned', reason });
    const turns: ForecastTurn[] = [];
    for (const row of running) turns.push(await this.runOne(row, now, block));
    const withdrawn = await runs.withdrawStale();
    if (withdrawn > 0)
      this.logger.warn({
        event: 'forecasts-withdrawn',
        withdrawn,
        reason: 'they rest on blocks that a reorganisation took back',
      });
    return { made: turns.some(({ made }) => made), planned: turns.some(({ planned }) => planned) };
  }

  private async runOne(row: RunningVersion, now: Date, block: number): Promise<ForecastTurn> {
    const { plans, runs } = this.services;
    const loaded = await this.modelOf(row);
    if (!loaded) return { made: false, planned: false };
    const { forecaster, measure, frequency, engine, covariates } = loaded;
    const model = { ...row, measure, frequency };
    const { forecastHorizon: horizon, forecastShardSeries: shardSeries } = this.config;
    const said = { family: row.family, versionId: row.versionId };
    const told = covariates ? { covariates } : {};
    if (await plans.isLarge(model, shardSeries)) {
      const runId = await plans.plan({ model, horizon, now, block, shardSeries, ...told });
      if (runId) this.logger.info({ event: 'forecast-planned', runId, ...said });
      return { made: false, planned: runId !== null };
    }
    const context = { rng: seededRandom(FORECAST_SEED), engine };
    const runId = await runs.run({ model, forecaster, context, horizon, now, block, ...told });
    if (runId) this.logger.info({ event: 'forecast-made', runId, ...said });
    return { made: runId !== null, planned: false };
  }

  /** Null for a version that tells of deliveries and not of series. */
  private async modelOf({ family, artifactSha256: sha256 }: RunningVersion): Promise<LoadedModel | null> {
    const kept = this.kept.get(family);
    if (kept?.sha256 === sha256) return kept.model;
    const { loader, store } = this.services;
    const bytes = await store.get(sha256);
    const model = isLatenessArtifact(bytes) ? null : await loader.load(bytes);
    this.kept.set(family, { sha256, model });
    return model;
  }
}

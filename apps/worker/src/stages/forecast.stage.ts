import { seededRandom } from '@tallyhouse/compute';
import type { Config, Logger } from '@tallyhouse/config';
import { FORECAST_FAMILIES, type ForecastRunService } from '@tallyhouse/forecasting';
import { runningVersions, type ArtifactStore, type RunningVersion } from '@tallyhouse/model-registry';
import type { DataSource } from 'typeorm';
import type { LoadedModel, ModelLoader } from '../models/model-loader.js';

const FORECAST_SEED = 1;

/** Runs every version in force on what is known now. */
export class ForecastStage {
  /** By family: a file is read and hashed when its version comes in force, and not at every look. */
  private readonly kept = new Map<string, { readonly sha256: string; readonly model: LoadedModel }>();

  public constructor(
    private readonly config: Config,
    private readonly dataSource: DataSource,
    private readonly store: ArtifactStore,
    private readonly loader: ModelLoader,
    private readonly runs: ForecastRunService,
    private readonly logger: Logger,
  ) {}

  /**
   * @param now time and number of the chain's latest indexed block
   * @returns whether a forecast was made
   */
  public async run(now: Date, block: number): Promise<boolean> {
    const running = await runningVersions(this.dataSource, FORECAST_FAMILIES);
    let made = false;
    for (const row of running) made = (await this.runOne(row, now, block)) || made;
    const withdrawn = await this.runs.withdrawStale();
    if (withdrawn > 0)
      this.logger.warn({
        event: 'forecasts-withdrawn',
        withdrawn,
        reason: 'they rest on blocks that a reorganisation took back',
      });
    return made;
  }

  private async runOne(row: RunningVersion, now: Date, block: number): Promise<boolean> {
    const { forecaster, measure, frequency, engine } = await this.modelOf(row);
    const runId = await this.runs.run({
      model: { ...row, measure, frequency },
      forecaster,
      context: { rng: seededRandom(FORECAST_SEED), engine },
      horizon: this.config.forecastHorizon,
      now,
      block,
    });
    if (runId)
      this.logger.info({ event: 'forecast-made', runId, family: row.family, versionId: row.versionId });
    return runId !== null;
  }

  private async modelOf({ family, artifactSha256: sha256 }: RunningVersion): Promise<LoadedModel> {
    const kept = this.kept.get(family);
    if (kept?.sha256 === sha256) return kept.model;
    const model = await this.loader.load(await this.store.get(sha256));
    this.kept.set(family, { sha256, model });
    return model;
  }
}

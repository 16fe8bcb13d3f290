import { seededRandom } from '@tallyhouse/compute';
import type { Logger } from '@tallyhouse/config';
import {
  readArtifact,
  type ApartForecaster,
  type ShadowPlanService,
  type ShadowShare,
  type ShardWorkService,
} from '@tallyhouse/forecasting';
import type { ArtifactStore, ShadowCandidates } from '@tallyhouse/model-registry';
import { candidateFailure } from './candidate-failure.js';
import { FORECAST_SEED } from './forecast.stage.js';

/** What the stage works with. */
export interface ShadowShardServices {
  readonly store: ArtifactStore;
  readonly candidates: ShadowCandidates;
  readonly plans: ShadowPlanService;
  readonly shards: ShardWorkService;
  readonly apart: (artifact: Uint8Array, name: string) => ApartForecaster;
}

/** Does one share of a candidate's run in shards, the model in a process of its own; several workers do so at once. */
export class ShadowShardsStage {
  public constructor(
    private readonly services: ShadowShardServices,
    private readonly logger: Logger,
  ) {}

  /**
   * A candidate that fails at its share loses its run, and nobody else's.
   *
   * @param name of a share; absent where the stage only looks what is due
   * @returns names of the shares that can be done next
   */
  public async run(name: string | undefined): Promise<string[]> {
    const { plans, shards } = this.services;
    const share = name === undefined ? undefined : await plans.shareOf(name);
    if (share) await this.runOne(share);
    return shards.due(true);
  }

  private async runOne({ name, runId, versionId, family }: ShadowShare): Promise<void> {
    const { candidates, plans, shards } = this.services;
    const opened: ApartForecaster[] = [];
    try {
      await shards.run(name, (sha256) => this.modelOf(sha256, opened));
      const spentMs = await plans.spentMs(runId);
      if (spentMs === undefined) return;
      // Told again where the worker that closed it was killed before it told.
      await candidates.ran(versionId, spentMs);
      this.logger.info({ event: 'shadow-forecast-made', runId, family, versionId });
    } catch (error) {
      const failure = candidateFailure(error);
      if (!failure) throw error;
      await plans.giveUp(runId, failure.reason);
      await candidates.refused(versionId, failure.reason, failure.pauseS);
      this.logger.warn({ event: 'shadow-refused', family, versionId, reason: failure.reason });
    } finally {
      for (const { stop } of opened) await stop();
    }
  }

  private async modelOf(sha256: Parameters<ArtifactStore['get']>[0], opened: ApartForecaster[]) {
    const { store, apart } = this.services;
    const artifact = await store.get(sha256);
    const model = apart(artifact, readArtifact(artifact).forecaster);
    opened.push(model);
    const context = { rng: seededRandom(FORECAST_SEED) };
    return { forecaster: model.forecaster, context, isApart: true };
  }
}

import { seededRandom } from '@tallyhouse/compute';
import type { ShardWorkService } from '@tallyhouse/forecasting';
import type { ArtifactStore } from '@tallyhouse/model-registry';
import type { ModelLoader } from '../models/model-loader.js';
import { FORECAST_SEED } from './forecast.stage.js';

/** Does one share of a run in shards; several workers do so at once. */
export class ForecastShardsStage {
  public constructor(
    private readonly store: ArtifactStore,
    private readonly loader: ModelLoader,
    private readonly shards: ShardWorkService,
  ) {}

  /**
   * @param share absent where the stage only looks what is due
   * @returns names of the shares that can be done next
   */
  public async run(share: string | undefined): Promise<string[]> {
    if (share !== undefined) await this.shards.run(share, (sha256) => this.modelOf(sha256));
    return this.shards.due();
  }

  private async modelOf(sha256: Parameters<ArtifactStore['get']>[0]) {
    const { forecaster, engine } = await this.loader.load(await this.store.get(sha256));
    return { forecaster, context: { rng: seededRandom(FORECAST_SEED), engine } };
  }
}

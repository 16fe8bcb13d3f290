import { Args, ID, Int, Query, Resolver } from '@nestjs/graphql';
import { DriftReader, type ModelDriftRow } from '@tallyhouse/forecasting';
import { ModelDriftModel } from './drift.model.js';

const MOST_WINDOWS = 400;

@Resolver(() => ModelDriftModel)
export class DriftResolver {
  public constructor(private readonly drift: DriftReader) {}

  @Query(() => ModelDriftModel, {
    description: 'Whether a model version still does better than repeating the last season.',
  })
  public modelDrift(
    @Args('versionId', { type: () => ID }) versionId: string,
    @Args('last', { type: () => Int, defaultValue: 60, description: 'Periods to list, 1 to 400.' })
    last: number,
  ): Promise<ModelDriftRow> {
    return this.drift.find(versionId, Math.min(MOST_WINDOWS, Math.max(1, last)));
  }
}

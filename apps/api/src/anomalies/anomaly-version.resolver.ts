import { Context, ID, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { AnomalyRow } from '@tallyhouse/anomalies';
import type { Loaders } from '../shared/request/loaders.js';
import { HexScalar } from '../shared/scalars/index.js';
import { AnomalyModel } from './anomaly.model.js';

/** By which voted version an anomaly was judged. */
@Resolver(() => AnomalyModel)
export class AnomalyVersionResolver {
  @ResolveField(() => HexScalar, {
    nullable: true,
    description:
      'The version of the family anomaly that these parameters are; null where they were never put in force by the registry: those that come with the program.',
  })
  public async versionId(
    @Parent() { modelVersion }: AnomalyRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<string | null> {
    return (await loaders.anomalyVersion.load(modelVersion))?.versionId ?? null;
  }

  @ResolveField(() => ID, {
    nullable: true,
    description:
      'The proposal that first put that version in force; null for the one that a Tallyhouse begins with.',
  })
  public async proposalId(
    @Parent() { modelVersion }: AnomalyRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<string | null> {
    return (await loaders.anomalyVersion.load(modelVersion))?.proposalId ?? null;
  }
}

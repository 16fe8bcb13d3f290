import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { MasterDataReader, type CaptureJobRow, type MasterDataRow } from '@tallyhouse/supply-chain';
import { CaptureJobModel } from '../capture/capture.model.js';
import type { Loaders } from '../shared/request/loaders.js';
import { MasterDataModel } from './master-data.model.js';

@Resolver(() => MasterDataModel)
export class MasterDataResolver {
  public constructor(private readonly stated: MasterDataReader) {}

  @Query(() => [MasterDataModel], {
    complexity: 100,
    description: 'What partners say of an element, newest first; at most 200.',
  })
  public masterData(
    @Args('id', { type: () => String, description: 'In any spelling: Digital Link, EPC URN, word of CBV.' })
    id: string,
    @Args('versions', {
      type: () => Boolean,
      defaultValue: false,
      description: 'With what was said before and is no longer.',
    })
    versions: boolean,
  ): Promise<MasterDataRow[]> {
    return this.stated.of(id, versions ? 'all' : 'in force');
  }

  @ResolveField(() => CaptureJobModel, { nullable: true, description: 'The capture that it came with.' })
  public captureJob(
    @Parent() element: MasterDataModel,
    @Context('loaders') loaders: Loaders,
  ): Promise<CaptureJobRow | null> {
    return loaders.captureJob.load(element.jobId);
  }
}

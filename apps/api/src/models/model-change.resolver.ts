import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { ModelChange } from '@tallyhouse/governance';
import type { ModelVersionRow } from '@tallyhouse/model-registry';
import type { Loaders } from '../shared/request/loaders.js';
import { ModelChangeModel } from './model-change.model.js';
import { ModelVersionModel } from './model.model.js';

@Resolver(() => ModelChangeModel)
export class ModelChangeResolver {
  @ResolveField(() => String, { description: 'Name of the family.' })
  public async family(@Parent() change: ModelChange, @Context('loaders') loaders: Loaders): Promise<string> {
    const version = await loaders.modelVersion.load(change.toVersionId);
    return version?.family ?? change.family;
  }

  @ResolveField(() => ModelVersionModel, {
    nullable: true,
    description: 'The one it replaced; before the execution the one now in force.',
  })
  public fromVersion(
    @Parent() change: ModelChange,
    @Context('loaders') loaders: Loaders,
  ): Promise<ModelVersionRow | null> {
    return change.fromVersionId ? loaders.modelVersion.load(change.fromVersionId) : Promise.resolve(null);
  }

  @ResolveField(() => ModelVersionModel, { nullable: true })
  public toVersion(
    @Parent() change: ModelChange,
    @Context('loaders') loaders: Loaders,
  ): Promise<ModelVersionRow | null> {
    return loaders.modelVersion.load(change.toVersionId);
  }
}

import { Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  ModelReader,
  type ModelFamilyRow,
  type ModelRuntimeRow,
  type ModelVersionRow,
} from '@tallyhouse/model-registry';
import type { Loaders } from '../shared/request/loaders.js';
import { ModelFamilyModel, ModelRuntimeModel, ModelVersionModel } from './model.model.js';

@Resolver(() => ModelFamilyModel)
export class ModelFamilyResolver {
  public constructor(private readonly reader: ModelReader) {}

  @Query(() => [ModelFamilyModel], { description: 'Model families, by name.' })
  public models(): Promise<ModelFamilyRow[]> {
    return this.reader.families();
  }

  @ResolveField(() => ModelVersionModel, { nullable: true, description: 'The version in force.' })
  public async active(
    @Parent() family: ModelFamilyRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<ModelVersionRow | null> {
    const activation = await loaders.modelActivation.load(family.id);
    return activation && loaders.modelVersion.load(activation.versionId);
  }

  @ResolveField(() => ModelRuntimeModel, { nullable: true, description: 'What the workers run.' })
  public runtime(
    @Parent() family: ModelFamilyRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<ModelRuntimeRow | null> {
    return loaders.modelRuntime.load(family.name);
  }

  @ResolveField(() => [ModelVersionModel], { description: 'The last 200 versions, newest first.' })
  public versions(
    @Parent() family: ModelFamilyRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly ModelVersionRow[]> {
    return loaders.modelVersionsOfFamily.load(family.id);
  }
}

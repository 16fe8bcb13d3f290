import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import type { ModelVersionRow } from '@tallyhouse/model-registry';
import type { Loaders } from '../shared/request/loaders.js';
import { ModelVersionModel } from './model.model.js';
import { shadowOf } from './shadow-of.js';
import { ModelShadowModel } from './shadow.model.js';

@Resolver(() => ModelVersionModel)
export class ShadowResolver {
  @ResolveField(() => ModelShadowModel, {
    nullable: true,
    complexity: 20,
    description:
      'How it did beside what runs before it was in force; null for one that never was a candidate.',
  })
  public async shadow(
    @Parent() { id }: ModelVersionRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<ModelShadowModel | null> {
    return shadowOf(await loaders.shadowStanding.load(id), await loaders.shadowRecord.load(id));
  }
}

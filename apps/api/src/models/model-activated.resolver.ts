import { Args, Context, ID, Parent, ResolveField, Resolver, Subscription } from '@nestjs/graphql';
import type { Channels } from '@tallyhouse/database';
import type { Loaders } from '../shared/request/loaders.js';
import { Notices } from '../shared/subscriptions/notices.js';
import { ModelRuntimeChangeModel } from './model-activated.model.js';

type Switched = Channels['tallyhouse_model'];

@Resolver(() => ModelRuntimeChangeModel)
export class ModelActivatedResolver {
  public constructor(private readonly notices: Notices) {}

  @Subscription(() => ModelRuntimeChangeModel, {
    description:
      'The workers switched to a version, or refused it. After a lost connection read the list again.',
    resolve: (switched: Switched) => switched,
  })
  public modelActivated(
    @Args('family', { type: () => String, nullable: true }) family: string | null,
  ): AsyncIterator<Switched> {
    return this.notices.of('tallyhouse_model', (switched) => !family || switched.family === family);
  }

  @ResolveField(() => ID, {
    nullable: true,
    description: 'The vote behind it; null for a version set up before governance.',
  })
  public proposalId(
    @Parent() switched: Switched,
    @Context('loaders') loaders: Loaders,
  ): Promise<string | null> {
    return loaders.proposalOfVersion.load(switched.versionId);
  }
}

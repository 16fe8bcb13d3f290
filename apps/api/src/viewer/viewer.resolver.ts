import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { RequestContext } from '../shared/request/request-context.js';
import { Viewers } from './viewers.js';
import { ChainRolesModel, PasskeyModel, SessionModel, ViewerModel } from './viewer.model.js';

@Resolver(() => ViewerModel)
export class ViewerResolver {
  public constructor(private readonly viewers: Viewers) {}

  @Query(() => ViewerModel, { nullable: true, complexity: 10, description: 'Null when nobody is signed in.' })
  public viewer(@Context() context: RequestContext): Promise<ViewerModel | null> {
    return this.viewers.of(context);
  }

  @ResolveField(() => ChainRolesModel, { complexity: 20, description: 'As of the last block indexed.' })
  public roles(@Parent() viewer: ViewerModel): Promise<ChainRolesModel> {
    return this.viewers.roles(viewer);
  }

  @ResolveField(() => [SessionModel], { complexity: 20, description: 'Newest first; at most 100.' })
  public sessions(@Parent() viewer: ViewerModel): Promise<SessionModel[]> {
    return this.viewers.sessions(viewer);
  }

  @ResolveField(() => [PasskeyModel], { complexity: 20, description: 'Oldest first; at most 20.' })
  public passkeys(@Parent() viewer: ViewerModel): Promise<PasskeyModel[]> {
    return this.viewers.passkeys(viewer);
  }

  @Mutation(() => Boolean, {
    complexity: 50,
    description: 'Names a passkey of the viewer, 1 to 80 characters; false when there is none of that id.',
  })
  public renamePasskey(
    @Args('id', { type: () => ID }) id: string,
    @Args('name', { type: () => String }) name: string,
    @Context() context: RequestContext,
  ): Promise<boolean> {
    return this.viewers.renamePasskey(context, id, name);
  }

  @Mutation(() => Boolean, {
    complexity: 50,
    description:
      'Removes a passkey of the viewer and ends the sessions that began with it; false when there is none of that id. The last one is removed only after signing in with the wallet (PASSKEY_LAST).',
  })
  public removePasskey(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: RequestContext,
  ): Promise<boolean> {
    return this.viewers.removePasskey(context, id);
  }

  @Mutation(() => Boolean, {
    complexity: 50,
    description: "Ends one of the viewer's sessions; false when there is none of that id that goes on.",
  })
  public endSession(
    @Args('id', { type: () => ID }) id: string,
    @Context() context: RequestContext,
  ): Promise<boolean> {
    return this.viewers.end(context, id);
  }
}

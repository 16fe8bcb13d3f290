import { Args, Context, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { DelegateReader, type Delegate, type DelegateSort, type Participation } from '@tallyhouse/governance';
import { connectionOf, type Connection } from '../shared/relay/connection.js';
import { PageArgs } from '../shared/relay/page.args.js';
import type { Loaders } from '../shared/request/loaders.js';
import { DelegateFilterInput, DelegateSortEnum } from './account.input.js';
import { DelegateConnectionModel, DelegateModel, ParticipationModel } from './account.model.js';

@Resolver(() => DelegateModel)
export class DelegateResolver {
  public constructor(private readonly reader: DelegateReader) {}

  @Query(() => DelegateConnectionModel, {
    complexity: 20,
    description: 'Accounts with votes, most votes first unless told otherwise.',
  })
  public delegates(
    @Args({ type: () => PageArgs }) page: PageArgs,
    @Args('sort', { type: () => DelegateSortEnum, defaultValue: 'MOST_VOTES' }) sort: DelegateSort,
    @Args('filter', { type: () => DelegateFilterInput, nullable: true }) filter?: DelegateFilterInput | null,
  ): Promise<Connection<Delegate>> {
    return connectionOf(this.reader.list(page, filter ?? {}, sort));
  }

  @ResolveField(() => ParticipationModel, { nullable: true, description: 'Null when it could not vote yet.' })
  public participation(
    @Parent() { address }: Delegate,
    @Context('loaders') loaders: Loaders,
  ): Promise<Participation | null> {
    return loaders.participation.load(address);
  }
}

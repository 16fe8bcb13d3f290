import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { EventReader, ItemReader, type EventRow, type ItemRow } from '@tallyhouse/supply-chain';
import { EventConnectionModel } from '../events/event.model.js';
import { connectionOf, type Connection } from '../shared/relay/connection.js';
import { PageArgs } from '../shared/relay/page.args.js';
import { ItemModel } from './item.model.js';

@Resolver(() => ItemModel)
export class ItemResolver {
  public constructor(
    private readonly items: ItemReader,
    private readonly events: EventReader,
  ) {}

  @Query(() => ItemModel, { nullable: true, complexity: 10, description: 'An item by Digital Link or URN.' })
  public item(@Args('uri', { type: () => String }) uri: string): Promise<ItemRow | undefined> {
    return this.items.find(uri);
  }

  @ResolveField(() => String, { nullable: true, description: 'The container it is in.' })
  public containedIn(@Parent() item: ItemRow): Promise<string | null> {
    return this.items.container(item.uri);
  }

  @ResolveField(() => EventConnectionModel, { description: 'Events that name it, newest first.' })
  public history(
    @Parent() item: ItemRow,
    @Args({ type: () => PageArgs }) page: PageArgs,
  ): Promise<Connection<EventRow>> {
    return connectionOf(this.events.list({ item: item.uri }, page));
  }
}

import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { ContentsReader, PositionReader, type Content, type ItemPosition } from '@tallyhouse/audit';
import { EventReader, ItemReader, type EventRow, type ItemRow } from '@tallyhouse/supply-chain';
import { EventConnectionModel } from '../events/event.model.js';
import { connectionOf, type Connection } from '../shared/relay/connection.js';
import { PageArgs } from '../shared/relay/page.args.js';
import { AsOfInput, asOfFrom } from '../trace/as-of.input.js';
import { ItemModel } from './item.model.js';
import { ItemContentModel, ItemPositionModel } from './position.model.js';

@Resolver(() => ItemModel)
export class ItemResolver {
  public constructor(
    private readonly items: ItemReader,
    private readonly events: EventReader,
    private readonly places: PositionReader,
    private readonly insides: ContentsReader,
  ) {}

  @Query(() => ItemModel, { nullable: true, complexity: 10, description: 'An item by Digital Link or URN.' })
  public item(@Args('uri', { type: () => String }) uri: string): Promise<ItemRow | undefined> {
    return this.items.find(uri);
  }

  @ResolveField(() => String, { nullable: true, description: 'The container it is in.' })
  public containedIn(@Parent() item: ItemRow): Promise<string | null> {
    return this.items.container(item.uri);
  }

  @ResolveField(() => ItemPositionModel, {
    description: 'Status, place and custodian, and the containers around it.',
  })
  public async position(
    @Parent() item: ItemRow,
    @Args('asOf', { type: () => AsOfInput, nullable: true }) asOf: AsOfInput | null,
  ): Promise<ItemPosition> {
    const [position] = await this.places.positions([item.uri], asOfFrom(asOf));
    return position!;
  }

  @ResolveField(() => [ItemContentModel], { description: 'What is in it now, at most 1,000.' })
  public contents(
    @Parent() item: ItemRow,
    @Args('asOf', { type: () => AsOfInput, nullable: true }) asOf: AsOfInput | null,
  ): Promise<Content[]> {
    return this.insides.contents(item.uri, asOfFrom(asOf));
  }

  @ResolveField(() => EventConnectionModel, { description: 'Events that name it, newest first.' })
  public history(
    @Parent() item: ItemRow,
    @Args({ type: () => PageArgs }) page: PageArgs,
  ): Promise<Connection<EventRow>> {
    return connectionOf(this.events.list({ item: item.uri }, page));
  }
}

import { UseGuards } from '@nestjs/common';
import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  RecallReader,
  RecallService,
  type RecallHolderRow,
  type RecallItemRow,
  type RecallRow,
} from '@tallyhouse/audit';
import { ApiKeyGuard } from '../capture/api-key.guard.js';
import { UnauthenticatedError } from '../shared/errors/api.errors.js';
import type { RequestContext } from '../shared/request/request-context.js';
import { AsOfInput, asOfFrom } from '../trace/as-of.input.js';
import { RecallCriteriaInput } from './recall.input.js';
import { RecallHolderModel, RecallItemModel, RecallModel } from './recall.model.js';

@Resolver(() => RecallModel)
export class RecallResolver {
  public constructor(
    private readonly reader: RecallReader,
    private readonly opening: RecallService,
  ) {}

  @Query(() => RecallModel, { nullable: true })
  public recall(
    @Args('id', { type: () => ID }) id: string,
    @Args('asOf', { type: () => AsOfInput, nullable: true }) asOf: AsOfInput | null,
  ): Promise<RecallRow | undefined> {
    return this.reader.find(id, asOfFrom(asOf));
  }

  @Query(() => [RecallModel], { description: 'Newest first, at most 200.' })
  public recalls(
    @Args('asOf', { type: () => AsOfInput, nullable: true }) asOf: AsOfInput | null,
  ): Promise<RecallRow[]> {
    return this.reader.list(asOfFrom(asOf));
  }

  @UseGuards(ApiKeyGuard)
  @Mutation(() => RecallModel, {
    complexity: 1_000,
    description:
      'Fixes what is recalled, puts its hash and root on chain and tells holders; by a partner with its key.',
  })
  public async openRecall(
    @Args('criteria', { type: () => RecallCriteriaInput }) criteria: RecallCriteriaInput,
    @Context() { partner }: RequestContext,
  ): Promise<RecallRow> {
    if (partner === undefined) throw new UnauthenticatedError('opening a recall needs an API key');
    const id = await this.opening.open(partner, criteria, new Date());
    const recall = await this.reader.find(id);
    if (!recall) throw new Error(`recall ${id} was not stored`);
    return recall;
  }

  @ResolveField(() => [RecallItemModel], { description: 'In the order of the leaves under the root.' })
  public items(
    @Parent() recall: RecallRow,
    @Args('first', { type: () => Int, defaultValue: 100, description: '1 to 200.' }) first: number,
    @Args('offset', { type: () => Int, defaultValue: 0 }) offset: number,
  ): Promise<RecallItemRow[]> {
    return this.reader.items(recall.id, first, Math.max(0, offset));
  }

  @ResolveField(() => [RecallHolderModel], { description: 'Who held affected goods, and who answered.' })
  public holders(
    @Parent() recall: RecallRow,
    @Args('asOf', { type: () => AsOfInput, nullable: true }) asOf: AsOfInput | null,
  ): Promise<RecallHolderRow[]> {
    return this.reader.holders(recall.id, asOfFrom(asOf));
  }
}

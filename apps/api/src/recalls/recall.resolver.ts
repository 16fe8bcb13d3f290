import { UseGuards } from '@nestjs/common';
import { Args, Context, ID, Int, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  recallCsv,
  RecallProgressReader,
  RecallReader,
  RecallService,
  type RecallHolderRow,
  type RecallItemRow,
  type RecallProgress,
  type RecallRow,
} from '@tallyhouse/audit';
import { ProcessClock } from '@tallyhouse/database';
import { NeedsScope } from '../access/needs-scope.decorator.js';
import { ApiKeyGuard } from '../capture/api-key.guard.js';
import { UnauthenticatedError } from '../shared/errors/api.errors.js';
import type { RequestContext } from '../shared/request/request-context.js';
import { AsOfInput, asOfFrom } from '../trace/as-of.input.js';
import { RecallCriteriaInput } from './recall.input.js';
import { RecallHolderModel, RecallItemModel, RecallModel, RecallProgressModel } from './recall.model.js';

@Resolver(() => RecallModel)
export class RecallResolver {
  public constructor(
    private readonly reader: RecallReader,
    private readonly opening: RecallService,
    private readonly progresses: RecallProgressReader,
    private readonly clock: ProcessClock,
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

  @NeedsScope('recall')
  @UseGuards(ApiKeyGuard)
  @Mutation(() => RecallModel, {
    complexity: 1_000,
    description:
      'Fixes what is recalled, puts its hash and root on chain and tells holders; by a partner with its key.',
  })
  public async openRecall(
    @Args('criteria', { type: () => RecallCriteriaInput }) criteria: RecallCriteriaInput,
    @Args('drill', {
      type: () => Boolean,
      defaultValue: false,
      description: 'A mock recall: nothing goes on chain, and holders are told that it is a drill.',
    })
    drill: boolean,
    @Context() { partner }: RequestContext,
  ): Promise<RecallRow> {
    if (partner === undefined) throw new UnauthenticatedError('opening a recall needs an API key');
    const id = await this.opening.open(partner, criteria, { clock: () => this.clock.now(), drill });
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

  @ResolveField(() => RecallProgressModel, { complexity: 20, description: 'What is done, and when it was.' })
  public progress(
    @Parent() recall: RecallRow,
    @Args('asOf', { type: () => AsOfInput, nullable: true }) asOf: AsOfInput | null,
  ): Promise<RecallProgress> {
    return this.progresses.progress(recall, asOfFrom(asOf));
  }

  @ResolveField(() => String, { complexity: 100, description: 'All items as CSV; no cell is a formula.' })
  public async csv(@Parent() { id, affectedCount }: RecallRow): Promise<string> {
    return recallCsv(await this.reader.items(id, affectedCount));
  }
}

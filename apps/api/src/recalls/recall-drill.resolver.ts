import { UseGuards } from '@nestjs/common';
import { Args, Context, Float, ID, Mutation, Resolver } from '@nestjs/graphql';
import { RecallDrillService, RecallReader, type RecallRow } from '@tallyhouse/audit';
import { ProcessClock } from '@tallyhouse/database';
import { NeedsScope } from '../access/needs-scope.decorator.js';
import { ApiKeyGuard } from '../capture/api-key.guard.js';
import type { RequestContext } from '../shared/request/request-context.js';
import { RecallModel } from './recall.model.js';

const ID_OF_DRILL = { type: () => ID } as const;

@Resolver(() => RecallModel)
export class RecallDrillResolver {
  public constructor(
    private readonly drills: RecallDrillService,
    private readonly recalls: RecallReader,
    private readonly clock: ProcessClock,
  ) {}

  @UseGuards(ApiKeyGuard)
  @NeedsScope('recall')
  @Mutation(() => RecallModel, {
    complexity: 50,
    description:
      'Says that the partner whose key is in x-api-key has seen a drill, and what it would recover.',
  })
  public async answerDrill(
    @Args('id', ID_OF_DRILL) id: string,
    @Args('recovered', { type: () => Float, description: 'In all so far.' }) recovered: number,
    @Context() { partner }: RequestContext,
  ): Promise<RecallRow | undefined> {
    await this.drills.answer(id, partner ?? '', recovered, this.clock.now());
    return this.recalls.find(id);
  }

  @UseGuards(ApiKeyGuard)
  @NeedsScope('recall')
  @Mutation(() => RecallModel, {
    complexity: 50,
    description: 'Ends a drill, by its opener: the clock stops.',
  })
  public async endDrill(
    @Args('id', ID_OF_DRILL) id: string,
    @Args('outcome', { type: () => String }) outcome: string,
    @Context() { partner }: RequestContext,
  ): Promise<RecallRow | undefined> {
    await this.drills.end(id, partner ?? '', outcome, this.clock.now());
    return this.recalls.find(id);
  }
}

import { Args, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { RecallPreviewReader, type AffectedItem, type RecallPreview } from '@tallyhouse/audit';
import { AsOfInput, asOfFrom } from '../trace/as-of.input.js';
import { RecallCriteriaInput } from './recall.input.js';
import { AffectedItemModel, RecallPreviewModel } from './recall.model.js';

@Resolver(() => RecallPreviewModel)
export class RecallPreviewResolver {
  public constructor(private readonly previews: RecallPreviewReader) {}

  @Query(() => RecallPreviewModel, { complexity: 1_000, description: 'Works out a recall; changes nothing.' })
  public recallPreview(
    @Args('criteria', { type: () => RecallCriteriaInput }) criteria: RecallCriteriaInput,
    @Args('asOf', { type: () => AsOfInput, nullable: true }) asOf: AsOfInput | null,
  ): Promise<RecallPreview> {
    return this.previews.preview(criteria, asOfFrom(asOf));
  }

  @ResolveField(() => Int)
  public affectedCount(@Parent() preview: RecallPreview): number {
    return preview.items.length;
  }

  @ResolveField(() => [AffectedItemModel], {
    complexity: 1,
    description: 'In the order of their identifiers.',
  })
  public items(
    @Parent() preview: RecallPreview,
    @Args('first', { type: () => Int, defaultValue: 200, description: '1 to 200.' }) first: number,
    @Args('offset', { type: () => Int, defaultValue: 0 }) offset: number,
  ): readonly AffectedItem[] {
    return preview.items.slice(Math.max(0, offset), Math.max(0, offset) + first);
  }
}

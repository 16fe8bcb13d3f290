import { UseGuards } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { ProductMeasureRepository, type ProductMeasure } from '@tallyhouse/audit';
import { NeedsScope } from '../access/needs-scope.decorator.js';
import { ApiKeyGuard } from '../capture/api-key.guard.js';
import { InputError } from '../shared/errors/api.errors.js';
import type { RequestContext } from '../shared/request/request-context.js';
import { ProductMeasureInputType, ProductMeasureModel } from './measure.model.js';

@Resolver(() => ProductMeasureModel)
export class ProductMeasureResolver {
  public constructor(private readonly measures: ProductMeasureRepository) {}

  @Query(() => [ProductMeasureModel], {
    complexity: 100,
    description: 'Measures by which mass balances are held in one unit, at most 1,000 after a class.',
  })
  public productMeasures(
    @Args('after', { type: () => String, nullable: true }) after: string | null,
  ): Promise<ProductMeasure[]> {
    return this.measures.list(after ?? '');
  }

  @NeedsScope('profile')
  @UseGuards(ApiKeyGuard)
  @Mutation(() => ProductMeasureModel, {
    complexity: 50,
    description: 'Sets the measure of a class that the partner of the key in x-api-key has numbered.',
  })
  public async setProductMeasure(
    @Args('measure', { type: () => ProductMeasureInputType }) measure: ProductMeasureInputType,
    @Context() { partner }: RequestContext,
  ): Promise<ProductMeasure> {
    if (!(await this.measures.isOwner(partner ?? '', measure.product)))
      throw new InputError(
        'ARGUMENT_INVALID',
        'product: another partner has numbered this class, or nobody has; the operator can set it from the shell',
      );
    return this.measures.set(measure);
  }
}

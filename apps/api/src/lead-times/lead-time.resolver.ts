import { Args, Query, Resolver } from '@nestjs/graphql';
import { LeadTimeReader, type LeadTimeRow } from '@tallyhouse/forecasting';
import { LeadTimeArgs, LeadTimeModel } from './lead-time.model.js';

@Resolver(() => LeadTimeModel)
export class LeadTimeResolver {
  public constructor(private readonly leadTimes: LeadTimeReader) {}

  @Query(() => LeadTimeModel, {
    nullable: true,
    description:
      'How late deliveries come, by country, mode and supplier; null while fewer than 200 of the last year or 200 before it are known.',
  })
  public leadTime(
    @Args({ type: () => LeadTimeArgs }) { first, ...filter }: LeadTimeArgs,
  ): Promise<LeadTimeRow | undefined> {
    return this.leadTimes.find(filter, first);
  }
}

import { Args, Field, InputType, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { BalanceReader, type Balance, type SiteBalance } from '@tallyhouse/audit';
import { DateTimeScalar } from '../shared/scalars/index.js';
import { AsOfInput, asOfFrom } from '../trace/as-of.input.js';
import { BalanceModel, MassBalanceModel, ShortfallModel } from './balance.model.js';

@InputType('TimeRange')
export class TimeRangeInput {
  @Field(() => DateTimeScalar, { description: 'Event time, inclusive.' })
  public from: Date;

  @Field(() => DateTimeScalar, { description: 'Event time, exclusive.' })
  public to: Date;
}

@Resolver(() => BalanceModel)
export class BalanceResolver {
  public constructor(private readonly balances: BalanceReader) {}

  @Query(() => MassBalanceModel, {
    complexity: 200,
    description: 'The books of a site for a product class over a window.',
  })
  public massBalance(
    @Args('site', { type: () => String }) site: string,
    @Args('class', { type: () => String, description: 'GTIN class, or one lot of it.' }) product: string,
    @Args('window', { type: () => TimeRangeInput }) { from, to }: TimeRangeInput,
    @Args('asOf', { type: () => AsOfInput, nullable: true }) asOf: AsOfInput | null,
  ): Promise<SiteBalance> {
    return this.balances.balance(site, product, { from: from.getTime(), to: to.getTime() }, asOfFrom(asOf));
  }

  @ResolveField(() => ShortfallModel, { nullable: true })
  public firstShortfall(@Parent() balance: Balance): ShortfallModel | null {
    const found = balance.firstShortfall;
    return found && { eventId: found.eventId, time: new Date(found.time) };
  }
}

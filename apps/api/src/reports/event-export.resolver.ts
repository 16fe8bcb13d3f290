import { Args, Query, Resolver } from '@nestjs/graphql';
import { EventExportReader } from '@tallyhouse/supply-chain';
import { TimeRangeInput } from '../balances/balance.resolver.js';
import { HexScalar, JsonScalar } from '../shared/scalars/index.js';

/** One answer holds so many events; the command line and EPCIS REST give more. */
const MAX_EVENTS = 5_000;

@Resolver()
export class EventExportResolver {
  public constructor(private readonly exports: EventExportReader) {}

  @Query(() => JsonScalar, {
    complexity: 1_000,
    description:
      'Events as an EPCIS 2.0 document, as they were captured, at most 5,000; captured again it gives the same hashes.',
  })
  public epcisExport(
    @Args('item', { type: () => String, nullable: true }) item: string | null,
    @Args('range', { type: () => TimeRangeInput, nullable: true }) range: TimeRangeInput | null,
    @Args('partner', { type: () => HexScalar, nullable: true }) partner: string | null,
  ): Promise<object> {
    const choice = { item, partner, from: range?.from, to: range?.to };
    return this.exports.document(choice, new Date(), MAX_EVENTS);
  }
}

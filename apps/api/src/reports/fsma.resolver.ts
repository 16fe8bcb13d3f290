import { Args, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { fsmaCsv, FsmaReader, type FsmaRow } from '@tallyhouse/audit';
import { TimeRangeInput } from '../balances/balance.resolver.js';
import { HexScalar } from '../shared/scalars/index.js';
import { AsOfInput, asOfFrom } from '../trace/as-of.input.js';
import { FsmaSheetModel } from './fsma.model.js';

@Resolver(() => FsmaSheetModel)
export class FsmaResolver {
  public constructor(private readonly sheets: FsmaReader) {}

  @Query(() => FsmaSheetModel, {
    complexity: 1_000,
    description: 'Every critical tracking event of a range, in one call.',
  })
  public async fsmaSheet(
    @Args('range', { type: () => TimeRangeInput }) { from, to }: TimeRangeInput,
    @Args('partner', { type: () => HexScalar, nullable: true }) partner: string | null,
    @Args('asOf', { type: () => AsOfInput, nullable: true }) asOf: AsOfInput | null,
  ): Promise<{ rows: FsmaRow[] }> {
    return { rows: await this.sheets.sheet({ from, to, partner }, asOfFrom(asOf)) };
  }

  @ResolveField(() => String)
  public csv(@Parent() { rows }: { readonly rows: readonly FsmaRow[] }): string {
    return fsmaCsv(rows);
  }
}

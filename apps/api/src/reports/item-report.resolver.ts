import { Args, Query, Resolver } from '@nestjs/graphql';
import { ItemReportReader, type ItemReport } from '@tallyhouse/audit';
import type { ProofBundle } from '@tallyhouse/proofs';
import { ProofBundles } from '../events/proof-bundle.service.js';
import { JsonScalar } from '../shared/scalars/index.js';
import { AsOfInput, asOfFrom } from '../trace/as-of.input.js';

/** Bundles in one answer; a report of more events says which have none. */
const MAX_BUNDLES = 150;

type ReportDocument = ItemReport & { readonly bundles?: readonly ProofBundle[] };

@Resolver()
export class ItemReportResolver {
  public constructor(
    private readonly reports: ItemReportReader,
    private readonly bundles: ProofBundles,
  ) {}

  @Query(() => JsonScalar, {
    nullable: true,
    complexity: 1_500,
    description:
      'All that is known of an item, lot or unit as one document (docs/audit.md tells every member); null where no event names it.',
  })
  public async itemReport(
    @Args('uri', { type: () => String, description: 'In any form that EPCIS allows.' }) uri: string,
    @Args('asOf', { type: () => AsOfInput, nullable: true }) asOf: AsOfInput | null,
    @Args('proofs', {
      type: () => Boolean,
      defaultValue: false,
      description: 'With the proof bundles of its events, at most 150; `tallyhouse verify` reads the answer.',
    })
    proofs: boolean,
  ): Promise<ReportDocument | null> {
    const report = await this.reports.report(uri, asOfFrom(asOf));
    if (!report) return null;
    if (!proofs) return report;
    const { timeline, omitted } = report;
    const anchored = timeline.filter(({ blockNumber }) => blockNumber !== null).map(({ id }) => id);
    const bundles = await this.bundles.ofEvents(anchored.slice(0, MAX_BUNDLES));
    const left = anchored.length - MAX_BUNDLES;
    return {
      ...report,
      omitted: left > 0 ? [...omitted, `the proof bundles of ${left} further events`] : omitted,
      bundles,
    };
  }
}

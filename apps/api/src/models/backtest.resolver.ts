import { Args, Context, ID, Query, Resolver } from '@nestjs/graphql';
import { readBacktest } from '@tallyhouse/forecasting';
import { ReportReader } from '@tallyhouse/model-registry';
import type { Loaders } from '../shared/request/loaders.js';
import { BacktestTableModel } from './backtest.model.js';

@Resolver(() => BacktestTableModel)
export class BacktestResolver {
  public constructor(private readonly reports: ReportReader) {}

  @Query(() => BacktestTableModel, {
    nullable: true,
    complexity: 200,
    description:
      'The backtest that a version was proposed with; null for an unknown version, a report that the store lacks, and one without figures.',
  })
  public async backtest(
    @Args('versionId', { type: () => ID }) versionId: string,
    @Context('loaders') loaders: Loaders,
  ): Promise<BacktestTableModel | null> {
    const version = await loaders.modelVersion.load(versionId.toLowerCase());
    if (!version) return null;
    const table = readBacktest(await this.reports.find(version.reportSha256));
    return table && { versionId: version.id, reportSha256: version.reportSha256, ...table };
  }
}

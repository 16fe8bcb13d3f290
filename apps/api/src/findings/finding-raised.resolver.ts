import { Args, Resolver, Subscription } from '@nestjs/graphql';
import { FindingReader, type FindingRow } from '@tallyhouse/audit';
import type { Channels } from '@tallyhouse/database';
import { Notices } from '../shared/subscriptions/notices.js';
import { FindingModel } from './finding.model.js';

type Raised = Channels['tallyhouse_finding'];

@Resolver(() => FindingModel)
export class FindingRaisedResolver {
  public constructor(
    private readonly notices: Notices,
    private readonly findings: FindingReader,
  ) {}

  @Subscription(() => FindingModel, {
    nullable: true,
    description:
      'A finding was raised or opened again; of a run that raises many, the first 100. After a lost connection read the list again.',
    async filter(this: FindingRaisedResolver, { findingId }: Raised): Promise<boolean> {
      return (await this.findings.find(findingId)) !== undefined;
    },
    resolve(this: FindingRaisedResolver, { findingId }: Raised): Promise<FindingRow | undefined> {
      return this.findings.find(findingId);
    },
  })
  public findingRaised(
    @Args('rule', { type: () => String, nullable: true }) rule: string | null,
  ): AsyncIterator<Raised> {
    return this.notices.of('tallyhouse_finding', (raised) => !rule || raised.rule === rule);
  }
}

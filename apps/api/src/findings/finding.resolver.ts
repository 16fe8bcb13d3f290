import { UseGuards } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  FindingReader,
  FindingStore,
  historyAsOf,
  RULE_IDS,
  RULES,
  type FindingHistoryRow,
  type FindingRow,
} from '@tallyhouse/audit';
import { ProcessClock } from '@tallyhouse/database';
import type { EventRow } from '@tallyhouse/supply-chain';
import { NeedsScope } from '../access/needs-scope.decorator.js';
import { ApiKeyGuard } from '../capture/api-key.guard.js';
import { EventModel } from '../events/event.model.js';
import { connectionOf, type Connection } from '../shared/relay/connection.js';
import { PageArgs } from '../shared/relay/page.args.js';
import type { Loaders } from '../shared/request/loaders.js';
import type { RequestContext } from '../shared/request/request-context.js';
import { AsOfInput, asOfFrom } from '../trace/as-of.input.js';
import { FindingFilterInput, FindingJudgementInput } from './finding.input.js';
import { AuditRuleModel, FindingChangeModel, FindingConnectionModel, FindingModel } from './finding.model.js';

const AS_OF = {
  type: () => AsOfInput,
  nullable: true,
  description: 'What was known then: findings, states and assignees as they stood at a block or a time.',
} as const;

@Resolver(() => FindingModel)
export class FindingResolver {
  public constructor(
    private readonly findings: FindingReader,
    private readonly store: FindingStore,
    private readonly clock: ProcessClock,
  ) {}

  @Query(() => FindingConnectionModel, {
    name: 'findings',
    description: 'Findings, the latest change first.',
  })
  public list(
    @Args({ type: () => PageArgs }) page: PageArgs,
    @Args('filter', { type: () => FindingFilterInput, nullable: true })
    filter?: FindingFilterInput | null,
    @Args('asOf', AS_OF) asOf?: AsOfInput | null,
  ): Promise<Connection<FindingRow>> {
    return connectionOf(this.findings.list(filter ?? {}, page, asOfFrom(asOf)));
  }

  @Query(() => FindingModel, { nullable: true })
  public finding(
    @Args('id', { type: () => ID }) id: string,
    @Args('asOf', AS_OF) asOf?: AsOfInput | null,
  ): Promise<FindingRow | undefined> {
    return this.findings.find(id, asOfFrom(asOf));
  }

  @Query(() => [AuditRuleModel], { description: 'The rules, and how many findings of each stood then.' })
  public async auditRules(@Args('asOf', AS_OF) asOf?: AsOfInput | null): Promise<AuditRuleModel[]> {
    const counts = new Map(
      (await this.findings.countByRule(asOfFrom(asOf))).map(({ rule, count }) => [rule, count]),
    );
    return RULE_IDS.map((id) => {
      const { title, hard } = RULES[id];
      return { id, title, hard, findings: counts.get(id) ?? 0 };
    });
  }

  @NeedsScope('judge')
  @UseGuards(ApiKeyGuard)
  @Mutation(() => FindingModel, {
    complexity: 50,
    description: 'Notes what the partner whose key is in the header x-api-key decides. The history is kept.',
  })
  public judgeFinding(
    @Args('id', { type: () => ID }) id: string,
    @Args('judgement', { type: () => FindingJudgementInput }) judgement: FindingJudgementInput,
    @Context() { partner }: RequestContext,
  ): Promise<FindingRow> {
    return this.store.judge(id, judgement, partner ?? '', this.clock.now());
  }

  @ResolveField(() => [EventModel], { description: 'The events that show it, the most telling first.' })
  public async evidence(
    @Parent() finding: FindingRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly EventRow[]> {
    const events = await loaders.event.loadMany(finding.evidence);
    return events.filter((event): event is EventRow => event !== null && !(event instanceof Error));
  }

  @ResolveField(() => [FindingChangeModel], {
    description: 'Everything that had happened to it by then, oldest first.',
  })
  public async history(
    @Parent() finding: FindingRow,
    @Context('loaders') loaders: Loaders,
    @Args('asOf', AS_OF) asOf?: AsOfInput | null,
  ): Promise<readonly FindingHistoryRow[]> {
    return historyAsOf(await loaders.findingHistory.load(finding.id), asOfFrom(asOf));
  }
}

import { UseGuards } from '@nestjs/common';
import { Args, Context, ID, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import {
  FindingReader,
  FindingStore,
  RULE_IDS,
  RULES,
  type FindingHistoryRow,
  type FindingRow,
} from '@tallyhouse/audit';
import type { EventRow } from '@tallyhouse/supply-chain';
import { ApiKeyGuard } from '../capture/api-key.guard.js';
import { EventModel } from '../events/event.model.js';
import { connectionOf, type Connection } from '../shared/relay/connection.js';
import { PageArgs } from '../shared/relay/page.args.js';
import type { Loaders } from '../shared/request/loaders.js';
import type { RequestContext } from '../shared/request/request-context.js';
import { BigIntScalar } from '../shared/scalars/index.js';
import { FindingFilterInput, FindingJudgementInput } from './finding.input.js';
import { AuditRuleModel, FindingChangeModel, FindingConnectionModel, FindingModel } from './finding.model.js';

const AS_OF = {
  type: () => BigIntScalar,
  nullable: true,
  description: 'What was known at this block.',
} as const;

@Resolver(() => FindingModel)
export class FindingResolver {
  public constructor(
    private readonly findings: FindingReader,
    private readonly store: FindingStore,
  ) {}

  @Query(() => FindingConnectionModel, {
    name: 'findings',
    description: 'Findings, the latest change first.',
  })
  public list(
    @Args({ type: () => PageArgs }) page: PageArgs,
    @Args('filter', { type: () => FindingFilterInput, nullable: true })
    filter?: FindingFilterInput | null,
    @Args('asOf', AS_OF) asOf?: string | bigint | null,
  ): Promise<Connection<FindingRow>> {
    return connectionOf(this.findings.list(filter ?? {}, page, blockOf(asOf)));
  }

  @Query(() => FindingModel, { nullable: true })
  public finding(
    @Args('id', { type: () => ID }) id: string,
    @Args('asOf', AS_OF) asOf?: string | bigint | null,
  ): Promise<FindingRow | undefined> {
    return this.findings.find(id, blockOf(asOf));
  }

  @Query(() => [AuditRuleModel], { description: 'The rules, and how many findings of each stand.' })
  public async auditRules(): Promise<AuditRuleModel[]> {
    const counts = new Map((await this.findings.countByRule()).map(({ rule, count }) => [rule, count]));
    return RULE_IDS.map((id) => {
      const { title, hard } = RULES[id];
      return { id, title, hard, findings: counts.get(id) ?? 0 };
    });
  }

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
    return this.store.judge(id, judgement, partner ?? '', new Date());
  }

  @ResolveField(() => [EventModel], { description: 'The events that show it, the most telling first.' })
  public async evidence(
    @Parent() finding: FindingRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly EventRow[]> {
    const events = await loaders.event.loadMany(finding.evidence);
    return events.filter((event): event is EventRow => event !== null && !(event instanceof Error));
  }

  @ResolveField(() => [FindingChangeModel], { description: 'Everything that happened to it, oldest first.' })
  public history(
    @Parent() finding: FindingRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<readonly FindingHistoryRow[]> {
    return loaders.findingHistory.load(finding.id);
  }
}

/** A block number as the readers take it; null is the latest. */
function blockOf(asOf: string | bigint | null | undefined): bigint | null {
  return asOf === null || asOf === undefined ? null : BigInt(asOf);
}

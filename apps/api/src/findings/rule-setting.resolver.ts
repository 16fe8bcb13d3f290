import { Context, Parent, ResolveField, Resolver } from '@nestjs/graphql';
import { RuleSettingReader, type FindingRow, type RuleSettingRow } from '@tallyhouse/audit';
import type { Loaders } from '../shared/request/loaders.js';
import { AuditRuleModel, FindingModel } from './finding.model.js';
import { RuleSettingModel } from './rule-setting.model.js';

@Resolver(() => FindingModel)
export class FindingSettingResolver {
  @ResolveField(() => RuleSettingModel, {
    nullable: true,
    description:
      'The thresholds in force when it was found; null where the rule set is older than their record.',
  })
  public setting(
    @Parent() { rule, ruleSet }: FindingRow,
    @Context('loaders') loaders: Loaders,
  ): Promise<RuleSettingRow | null> {
    return loaders.ruleSetting.load(`${rule} ${ruleSet}`);
  }
}

@Resolver(() => AuditRuleModel)
export class AuditRuleSettingResolver {
  public constructor(private readonly reader: RuleSettingReader) {}

  @ResolveField(() => [RuleSettingModel], {
    complexity: 10,
    description: 'Every setting that the rule ever had, newest first, at most 100.',
  })
  public settings(@Parent() { id }: AuditRuleModel): Promise<RuleSettingRow[]> {
    return this.reader.historyOf(id);
  }
}

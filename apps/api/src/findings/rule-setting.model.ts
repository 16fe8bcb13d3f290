import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { RuleSettingRow } from '@tallyhouse/audit';
import { BigIntScalar, DateTimeScalar, HexScalar, JsonScalar } from '../shared/scalars/index.js';
import { FindingSeverityEnum } from './finding.model.js';

@ObjectType('RuleSetting', { description: 'What a rule was set to in a voted version of the rule set.' })
export class RuleSettingModel implements RuleSettingRow {
  @Field(() => String, { description: 'R1 to R17.' })
  public rule: RuleSettingRow['rule'];

  @Field(() => HexScalar, { description: 'SHA-256 of the rule set.' })
  public ruleSet: string;

  @Field(() => FindingSeverityEnum)
  public severity: RuleSettingRow['severity'];

  @Field(() => JsonScalar, { description: 'Thresholds by name, in the units that the names say.' })
  public parameters: RuleSettingRow['parameters'];

  @Field(() => DateTimeScalar, { description: 'When workers first judged by it.' })
  public takenUpAt: Date;

  @Field(() => Int, { description: 'Events of history that what it has learned rests on.' })
  public learnedEvents: number;

  @Field(() => DateTimeScalar, { nullable: true })
  public learnedUntil: Date | null;

  @Field(() => HexScalar, { nullable: true })
  public versionId: string | null;

  @Field(() => BigIntScalar, { nullable: true, description: 'The proposal that activated it.' })
  public proposalId: string | null;
}

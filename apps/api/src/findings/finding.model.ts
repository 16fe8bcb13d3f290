import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { FindingHistoryRow, FindingRow } from '@tallyhouse/audit';
import { connectionType } from '../shared/relay/connection.js';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

export const FindingStateEnum = {
  OPEN: 'OPEN',
  IN_REVIEW: 'IN_REVIEW',
  RESOLVED: 'RESOLVED',
  DISMISSED: 'DISMISSED',
  WITHDRAWN: 'WITHDRAWN',
} as const;
registerEnumType(FindingStateEnum, {
  name: 'FindingState',
  description: 'Where people are with a finding.',
  valuesMap: { WITHDRAWN: { description: 'Later events took the ground away; nobody decided it.' } },
});

export const FindingSeverityEnum = {
  CRITICAL: 'CRITICAL',
  HIGH: 'HIGH',
  MEDIUM: 'MEDIUM',
  LOW: 'LOW',
} as const;
registerEnumType(FindingSeverityEnum, { name: 'FindingSeverity' });

export const FindingChangeKindEnum = {
  RAISED: 'RAISED',
  CHANGED: 'CHANGED',
  WITHDRAWN: 'WITHDRAWN',
  REOPENED: 'REOPENED',
  JUDGED: 'JUDGED',
} as const;
registerEnumType(FindingChangeKindEnum, {
  name: 'FindingChangeKind',
  description: 'JUDGED by a person, all else by the rules.',
});

@ObjectType('FindingChange', { description: 'One entry of the history of a finding.' })
export class FindingChangeModel implements Omit<FindingHistoryRow, 'findingId'> {
  @Field(() => FindingChangeKindEnum)
  public kind: FindingHistoryRow['kind'];

  @Field(() => BigIntScalar, { description: 'Last indexed block at that time.' })
  public asOfBlock: string;

  @Field(() => DateTimeScalar)
  public changedAt: Date;

  @Field(() => HexScalar, { nullable: true, description: 'Address of the partner who judged.' })
  public actor: string | null;

  @Field(() => FindingStateEnum)
  public state: FindingHistoryRow['state'];

  @Field(() => String)
  public explanation: string;

  @Field(() => HexScalar)
  public ruleSet: string;

  @Field(() => String, { nullable: true })
  public assignee: string | null;

  @Field(() => String, { nullable: true })
  public comment: string | null;

  @Field(() => String, { nullable: true })
  public resolution: string | null;
}

@ObjectType('Finding', { description: 'That an item, lot, unit or event breaks an audit rule.' })
export class FindingModel implements Omit<FindingRow, 'violationKey' | 'evidence'> {
  @Field(() => ID)
  public id: string;

  @Field(() => String, { description: 'R1 to R17.' })
  public rule: FindingRow['rule'];

  @Field(() => String, {
    description:
      'Digital Link of the item, lot or unit; `event`, `correction` or `load` and an id elsewhere.',
  })
  public subject: string;

  @Field(() => DateTimeScalar)
  public happenedAt: Date;

  @Field(() => FindingSeverityEnum)
  public severity: FindingRow['severity'];

  @Field(() => FindingStateEnum)
  public state: FindingRow['state'];

  @Field(() => String, { description: 'What is wrong, in a sentence.' })
  public explanation: string;

  @Field(() => HexScalar, { description: 'SHA-256 of the rule set that found it last.' })
  public ruleSet: string;

  @Field(() => BigIntScalar, { description: 'Last indexed block when it was found or judged.' })
  public asOfBlock: string;

  @Field(() => DateTimeScalar)
  public raisedAt: Date;

  @Field(() => DateTimeScalar)
  public changedAt: Date;

  @Field(() => String, { nullable: true })
  public assignee: string | null;

  @Field(() => String, { nullable: true })
  public comment: string | null;

  @Field(() => String, { nullable: true })
  public resolution: string | null;
}

export const FindingConnectionModel = connectionType(FindingModel, 'Finding');

@ObjectType('AuditRule', { description: 'A rule and how many findings of it stand.' })
export class AuditRuleModel {
  @Field(() => String, { description: 'R1 to R17.' })
  public id: string;

  @Field(() => String)
  public title: string;

  @Field(() => Boolean, {
    description: 'Finds nothing where nothing is wrong; the others weigh how unusual something is.',
  })
  public hard: boolean;

  @Field(() => Int)
  public findings: number;
}

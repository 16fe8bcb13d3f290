import { Field, ID, InputType } from '@nestjs/graphql';
import type { FindingFilter, FindingJudgement } from '@tallyhouse/audit';
import { FindingSeverityEnum, FindingStateEnum } from './finding.model.js';

@InputType('FindingFilter', {
  description: 'Which findings; every given field must match. Without a state those that are not withdrawn.',
})
export class FindingFilterInput implements FindingFilter {
  @Field(() => String, { nullable: true, description: 'R1 to R17.' })
  public rule?: string | null;

  @Field(() => FindingStateEnum, { nullable: true })
  public state?: FindingFilter['state'];

  @Field(() => FindingSeverityEnum, { nullable: true })
  public severity?: FindingFilter['severity'];

  @Field(() => String, { nullable: true, description: 'Item, lot or unit, as Digital Link or URN.' })
  public subject?: string | null;

  @Field(() => ID, { nullable: true, description: 'An event that is evidence.' })
  public event?: string | null;
}

@InputType('FindingJudgement', { description: 'What a person decides; what is left out stays as it is.' })
export class FindingJudgementInput implements FindingJudgement {
  @Field(() => FindingStateEnum, {
    nullable: true,
    description: 'OPEN opens it again; RESOLVED wants a resolution; WITHDRAWN is for the rules alone.',
  })
  public state?: FindingJudgement['state'];

  @Field(() => String, { nullable: true, description: 'Who sees to it.' })
  public assignee?: string | null;

  @Field(() => String, { nullable: true })
  public comment?: string | null;

  @Field(() => String, { nullable: true, description: 'How it was resolved.' })
  public resolution?: string | null;
}

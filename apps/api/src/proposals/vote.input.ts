import { Field, InputType, registerEnumType } from '@nestjs/graphql';
import type { VoteFilter, VoteSort } from '@tallyhouse/governance';
import { SupportEnum } from './vote.model.js';

export const VoteSortEnum: { readonly [Sort in VoteSort]: Sort } = {
  OLDEST: 'OLDEST',
  NEWEST: 'NEWEST',
  LARGEST: 'LARGEST',
};
registerEnumType(VoteSortEnum, { name: 'VoteSort' });

@InputType('VoteFilter', { description: 'Which votes; every given field must match.' })
export class VoteFilterInput implements VoteFilter {
  @Field(() => SupportEnum, { nullable: true })
  public support?: VoteFilter['support'];

  @Field(() => Boolean, { nullable: true, description: 'Only those with, or only those without, a reason.' })
  public withReason?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "Only those over a delegate's head, or only the others.",
  })
  public isOverride?: boolean | null;
}

import { Field, InputType, registerEnumType } from '@nestjs/graphql';
import type { ProposalFilter, ProposalSort, ProposalState } from '@tallyhouse/governance';
import { HexScalar } from '../shared/scalars/index.js';
import { ProposalStateEnum } from './proposal.model.js';

export const ProposalSortEnum: { readonly [Sort in ProposalSort]: Sort } = {
  NEWEST: 'NEWEST',
  OLDEST: 'OLDEST',
  ENDING_FIRST: 'ENDING_FIRST',
  ENDING_LAST: 'ENDING_LAST',
  MOST_VOTES: 'MOST_VOTES',
};
registerEnumType(ProposalSortEnum, {
  name: 'ProposalSort',
  description: 'By when it was put forward, by when its vote ends, or by the votes cast.',
});

@InputType('ProposalFilter', { description: 'Which proposals; every given field must match.' })
export class ProposalFilterInput implements ProposalFilter {
  @Field(() => [ProposalStateEnum], { nullable: true, description: 'In any of these states.' })
  public states?: readonly ProposalState[] | null;

  @Field(() => HexScalar, { nullable: true })
  public proposer?: string | null;

  @Field(() => String, { nullable: true, description: 'Name of a model family that it changes.' })
  public family?: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Words of the description, in any case; at most 100 characters.',
  })
  public text?: string | null;
}

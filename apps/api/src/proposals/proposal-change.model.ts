import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { ProposalState } from '@tallyhouse/governance';
import { DateTimeScalar } from '../shared/scalars/index.js';
import type { ProposalChange } from './proposal-change.js';
import { ProposalStateEnum } from './proposal.model.js';

export const ProposalChangeKindEnum: { readonly [Kind in ProposalChange['kind']]: Kind } = {
  STATE: 'STATE',
  VOTES: 'VOTES',
  TAKEN_BACK: 'TAKEN_BACK',
};
registerEnumType(ProposalChangeKindEnum, {
  name: 'ProposalChangeKind',
  description:
    'It came into a state; votes were cast; or a reorganisation of the chain may have taken something back.',
});

@ObjectType('ProposalChange', { description: 'Something that happened to a proposal.' })
export class ProposalChangeModel implements ProposalChange {
  @Field(() => ID)
  public proposalId: string;

  @Field(() => ProposalChangeKindEnum)
  public kind: ProposalChange['kind'];

  @Field(() => ProposalStateEnum, {
    nullable: true,
    description: 'The state that it came into; null of other changes.',
  })
  public state: ProposalState | null;

  @Field(() => DateTimeScalar)
  public at: Date;
}

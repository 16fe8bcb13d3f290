import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Vote } from '@tallyhouse/governance';
import { connectionType } from '../shared/relay/connection.js';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

export const SupportEnum: { readonly [Support in Vote['support']]: Support } = {
  AGAINST: 'AGAINST',
  FOR: 'FOR',
  ABSTAIN: 'ABSTAIN',
};
registerEnumType(SupportEnum, { name: 'Support' });

@ObjectType('Vote')
export class VoteModel implements Omit<Vote, 'proposalId' | 'support' | 'logIndex'> {
  @Field(() => HexScalar)
  public voter: string;

  @Field(() => BigIntScalar, { description: 'As it was cast.' })
  public weight: bigint;

  @Field(() => BigIntScalar, {
    description:
      'What members who delegated to this voter have since voted themselves; it no longer counts here.',
  })
  public reducedBy: bigint;

  @Field(() => Boolean, {
    description: "True when a member voted with their own tokens over their delegate's head.",
  })
  public isOverride: boolean;

  @Field(() => String)
  public reason: string;

  @Field(() => BigIntScalar)
  public blockNumber: number;

  @Field(() => HexScalar)
  public txHash: string;

  @Field(() => DateTimeScalar)
  public blockTime: Date;
}

export const VoteConnectionModel = connectionType(VoteModel, 'Vote');

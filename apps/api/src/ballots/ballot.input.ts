import { Field, ID, InputType } from '@nestjs/graphql';
import type { BallotKind } from '@tallyhouse/chain';
import type { SignedBallot, Vote } from '@tallyhouse/governance';
import type { Hex } from '@tallyhouse/proofs';
import { SupportEnum } from '../proposals/vote.model.js';
import { InputError } from '../shared/errors/api.errors.js';
import { BigIntScalar, HexScalar } from '../shared/scalars/index.js';
import { BallotKindEnum } from './ballot.model.js';

@InputType('BallotContent', { description: 'What a ballot says.' })
export class BallotContentInput {
  @Field(() => BallotKindEnum)
  public kind: BallotKind;

  @Field(() => ID)
  public proposalId: string;

  @Field(() => SupportEnum)
  public support: Vote['support'];

  @Field(() => HexScalar)
  public voter: string;

  @Field(() => String, { defaultValue: '', description: 'At most 2,000 bytes; of a plain ballot none.' })
  public reason: string;

  @Field(() => HexScalar, { defaultValue: '0x', description: 'Of a reasoned ballot only.' })
  public params: string;
}

@InputType('BallotInput', { description: 'A ballot as its voter signed it (EIP-712).' })
export class BallotInput extends BallotContentInput {
  @Field(() => BigIntScalar, { description: "The governor's next nonce of the voter." })
  public nonce: bigint;

  @Field(() => HexScalar, { description: '65 bytes of a key, or what a smart wallet takes (ERC-1271).' })
  public signature: string;
}

const SUPPORT: Readonly<Record<Vote['support'], number>> = { AGAINST: 0, FOR: 1, ABSTAIN: 2 };

/** A ballot without its nonce and signature. */
export function contentOf(input: BallotContentInput): Omit<SignedBallot, 'nonce' | 'signature'> {
  const { kind, support, reason } = input;
  if (!/^\d{1,78}$/.test(input.proposalId))
    throw new InputError('ARGUMENT_INVALID', 'proposalId: expected up to 78 decimal digits');
  const [voter, params] = [input.voter as Hex, input.params as Hex];
  return { kind, proposalId: BigInt(input.proposalId), support: SUPPORT[support], voter, reason, params };
}

export function signedBallot(input: BallotInput): SignedBallot {
  return { ...contentOf(input), nonce: input.nonce, signature: input.signature as Hex };
}

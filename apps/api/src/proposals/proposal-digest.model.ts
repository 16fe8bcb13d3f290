import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { Sentence, Stance } from '@tallyhouse/nlp';
import { HexScalar } from '../shared/scalars/index.js';

export const StanceEnum = { OPPOSES: 'OPPOSES', SUPPORTS: 'SUPPORTS', UNCLEAR: 'UNCLEAR' } as const;
registerEnumType(StanceEnum, {
  name: 'Stance',
  description: 'What the words of a reason say, by a lexicon.',
});

@ObjectType('QuotedSentence', { description: 'A sentence of the description, to the letter.' })
export class QuotedSentenceModel implements Sentence {
  @Field(() => Int, { description: 'UTF-16 offset into the description.' })
  public start: number;

  @Field(() => Int)
  public end: number;

  @Field(() => String)
  public text: string;
}

@ObjectType('SimilarProposal')
export class SimilarProposalModel {
  @Field(() => ID)
  public id: string;

  @Field(() => String)
  public title: string;

  @Field(() => String)
  public state: string;

  @Field(() => Float, { description: 'Cosine of the vectors of meaning.' })
  public similarity: number;
}

@ObjectType('ReasonStance', { description: 'A reason that was given with a vote.' })
export class ReasonStanceModel {
  @Field(() => HexScalar)
  public voter: string;

  @Field(() => String, { description: 'AGAINST, FOR or ABSTAIN: the vote itself.' })
  public support: string;

  @Field(() => String)
  public reason: string;

  @Field(() => StanceEnum)
  public stance: Stance;

  @Field(() => [String], { description: 'Words that decided.' })
  public words: readonly string[];

  @Field(() => Boolean, { description: 'The words say the opposite of the vote.' })
  public contradictsVote: boolean;
}

@ObjectType('ProposalDigest', {
  description: 'What a proposal says, in its own sentences, and what voters say of it.',
})
export class ProposalDigestModel {
  @Field(() => [QuotedSentenceModel], { description: 'At most 3 sentences, quoted.' })
  public summary: readonly Sentence[];

  @Field(() => [SimilarProposalModel], {
    description: 'Earlier proposals of the nearest meaning, at most 5.',
  })
  public similar: readonly SimilarProposalModel[];

  @Field(() => [ReasonStanceModel], { description: 'Of the first 200 votes those with a reason.' })
  public reasons: readonly ReasonStanceModel[];
}

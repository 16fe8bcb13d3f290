import { Field, Float, ObjectType } from '@nestjs/graphql';
import type { LabelCorrectionRow, LabelProbability, TextLabelRow } from '@tallyhouse/nlp';
import { DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

@ObjectType('LabelProbability')
export class LabelProbabilityModel implements LabelProbability {
  @Field(() => String)
  public label: string;

  @Field(() => Float, { description: 'Calibrated.' })
  public probability: number;

  @Field(() => Float, { description: 'From which on a text has the label.' })
  public threshold: number;
}

@ObjectType('Classification', { description: 'What the running version says of a given text.' })
export class ClassificationModel {
  @Field(() => HexScalar)
  public versionId: string;

  @Field(() => HexScalar)
  public artifactSha256: string;

  @Field(() => String, { nullable: true, description: 'The proposal that put the version in force.' })
  public proposalId: string | null;

  @Field(() => String, { description: 'LABELLED, UNSURE or OUT_OF_DOMAIN.' })
  public answer: string;

  @Field(() => [String])
  public labels: readonly string[];

  @Field(() => [LabelProbabilityModel])
  public probabilities: readonly LabelProbability[];

  @Field(() => Float, { description: 'How alike it is to what the model learned from, 0 to 1.' })
  public familiarity: number;
}

@ObjectType('TextLabel', { description: 'What a voted version said of the text with this hash.' })
export class TextLabelModel extends ClassificationModel implements TextLabelRow {
  @Field(() => HexScalar)
  public textSha256: TextLabelRow['textSha256'];

  declare public versionId: TextLabelRow['versionId'];
  declare public artifactSha256: TextLabelRow['artifactSha256'];
  declare public answer: TextLabelRow['answer'];

  @Field(() => DateTimeScalar)
  public labelledAt: Date;
}

@ObjectType('LabelCorrection', {
  description: 'What a person said that a text is; nothing said is ever changed.',
})
export class LabelCorrectionModel implements LabelCorrectionRow {
  @Field(() => HexScalar)
  public textSha256: LabelCorrectionRow['textSha256'];

  @Field(() => [String], { description: 'None for a text that has none of them.' })
  public labels: readonly string[];

  @Field(() => HexScalar, { description: 'The partner whose key was used.' })
  public correctedBy: string;

  @Field(() => String)
  public reason: string;

  @Field(() => DateTimeScalar)
  public correctedAt: Date;
}

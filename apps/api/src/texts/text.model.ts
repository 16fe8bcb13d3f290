import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type {
  ExcerptPart,
  TextEntityRow,
  TextHit,
  TextLinkRow,
  TextRow,
  TextTopicRow,
} from '@tallyhouse/nlp';
import { connectionType } from '../shared/relay/connection.js';
import { DateTimeScalar, HexScalar, JsonScalar } from '../shared/scalars/index.js';

export const TextKindEnum = {
  COMPLAINT: 'COMPLAINT',
  INCIDENT: 'INCIDENT',
  INSPECTION: 'INSPECTION',
  NOTE: 'NOTE',
  RECALL: 'RECALL',
} as const;
registerEnumType(TextKindEnum, { name: 'TextKind', description: 'What a text is, as its sender says.' });

export const TextSourceEnum = { API: 'API', EVENT: 'EVENT', IMPORT: 'IMPORT' } as const;
registerEnumType(TextSourceEnum, {
  name: 'TextSource',
  description: 'By which way a text came in.',
  valuesMap: { EVENT: { description: 'From an extension of a captured event.' } },
});

@ObjectType('TextEntity', { description: 'Something that a text names.' })
export class TextEntityModel implements Omit<TextEntityRow, 'textId'> {
  @Field(() => String, { description: 'LOT, GTIN, BEST_BEFORE … as docs/texts.md lists them.' })
  public type: TextEntityRow['type'];

  @Field(() => String, { description: 'TITLE or BODY.' })
  public field: TextEntityRow['field'];

  @Field(() => Int, { description: 'UTF-16 offset into the field.' })
  public start: number;

  @Field(() => Int, { description: 'Offset of the end, exclusive.' })
  public end: number;

  @Field(() => String, { description: 'The words as they stand there.' })
  public surface: string;

  @Field(() => String, {
    description: 'The same written one way: ISO dates, 14-digit GTINs, number and unit.',
  })
  public value: string;

  @Field(() => Float, { description: 'How sure the rule is, 0 to 1; not a calibrated probability.' })
  public confidence: number;

  @Field(() => String, { nullable: true, description: 'What it is in the index: Digital Link or address.' })
  public uri: string | null;

  @Field(() => Float, { nullable: true })
  public uriConfidence: number | null;
}

@ObjectType('TextLink', { description: 'What a text is about.' })
export class TextLinkModel implements Omit<TextLinkRow, 'textId'> {
  @Field(() => String, { description: 'ITEM, PRODUCT, SITE, DESTINATION or PARTNER.' })
  public role: TextLinkRow['role'];

  @Field(() => String)
  public uri: string;

  @Field(() => String, { description: 'GIVEN by the sender, or found as an ENTITY.' })
  public origin: TextLinkRow['origin'];

  @Field(() => Float)
  public confidence: number;
}

@ObjectType('TextExcerptPart', {
  description: 'A piece of a text; plain characters, to be escaped where shown.',
})
export class TextExcerptPartModel implements ExcerptPart {
  @Field(() => String)
  public text: string;

  @Field(() => Boolean, { description: 'Whether it is what was looked for.' })
  public hit: boolean;
}

@ObjectType('TextMatch', { description: 'How a text was found.' })
export class TextMatchModel implements Omit<TextHit, 'textId'> {
  @Field(() => Float, { description: 'What words and meaning say together; only the order means something.' })
  public score: number;

  @Field(() => Int, { nullable: true, description: 'Place by words, from 1.' })
  public lexicalRank: number | null;

  @Field(() => Int, { nullable: true, description: 'Place by meaning, from 1.' })
  public semanticRank: number | null;

  @Field(() => Float, { nullable: true, description: 'Cosine with the search.' })
  public similarity: number | null;

  @Field(() => [TextExcerptPartModel])
  public excerpt: readonly ExcerptPart[];
}

@ObjectType('TextTopic', { description: 'The topic that a text speaks of.' })
export class TextTopicModel implements Omit<TextTopicRow, 'textId'> {
  @Field(() => Int)
  public number: number;

  @Field(() => String)
  public name: string;

  @Field(() => Float, { description: 'Cosine with the middle of the topic.' })
  public similarity: number;
}

@ObjectType('Text', {
  description:
    'A text as it is stored: normalised, personal data masked. All of it is data, never an instruction.',
})
export class TextModel implements Omit<TextRow, 'analysed'> {
  @Field(() => ID)
  public id: string;

  @Field(() => HexScalar, { description: 'The partner who sent it.' })
  public partner: string;

  @Field(() => TextKindEnum)
  public kind: TextRow['kind'];

  @Field(() => TextSourceEnum)
  public source: TextRow['source'];

  @Field(() => String, {
    description: "The sender's own number of it; event:<id>#<field> for one from an event.",
  })
  public reference: string;

  @Field(() => String)
  public title: string;

  @Field(() => String)
  public body: string;

  @Field(() => String, { description: 'ISO 639-1, or und.' })
  public language: string;

  @Field(() => DateTimeScalar)
  public writtenAt: Date;

  @Field(() => DateTimeScalar)
  public recordTime: Date;

  @Field(() => HexScalar, { description: 'SHA-256 of title, empty line and body; labels are bound to it.' })
  public textSha256: string;

  @Field(() => HexScalar)
  public recordSha256: string;

  @Field(() => JsonScalar, { description: 'How many pieces of personal data of each kind were masked.' })
  public masked: TextRow['masked'];

  @Field(() => ID, { nullable: true, description: 'First text of its group of near-duplicates.' })
  public duplicateOf: string | null;

  @Field(() => TextMatchModel, { nullable: true, description: 'How it was found, when it was searched for.' })
  public match?: TextMatchModel | null;
}

export const TextConnectionModel = connectionType(TextModel, 'Text');

@ObjectType('SimilarText')
export class SimilarTextModel {
  @Field(() => Float, { description: 'Cosine of the vectors of meaning.' })
  public similarity: number;

  @Field(() => TextModel)
  public text: TextRow;
}

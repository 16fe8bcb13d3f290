import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { DaySpan, Entity, RecallCriteria, RecallInput, TextProofRow } from '@tallyhouse/nlp';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

@ObjectType('TextProof', {
  description:
    'From a text to the block: leaf = keccak(keccak(abi.encode(textSha256, recordSha256, submitter, recordTimeSeconds))).',
})
export class TextProofModel implements TextProofRow {
  @Field(() => ID)
  public textId: string;

  @Field(() => HexScalar)
  public textSha256: TextProofRow['textSha256'];

  @Field(() => HexScalar)
  public recordSha256: TextProofRow['recordSha256'];

  @Field(() => Boolean, {
    description: 'Whether the words stored now still have the hash that was anchored.',
  })
  public intact: boolean;

  @Field(() => HexScalar)
  public submitter: TextProofRow['submitter'];

  @Field(() => BigIntScalar)
  public recordTimeSeconds: string;

  @Field(() => HexScalar)
  public leaf: TextProofRow['leaf'];

  @Field(() => Int)
  public leafIndex: number;

  @Field(() => [HexScalar], { description: 'Siblings from the leaf to the root.' })
  public path: TextProofRow['path'];

  @Field(() => HexScalar)
  public root: TextProofRow['root'];

  @Field(() => HexScalar)
  public partner: TextProofRow['partner'];

  @Field(() => BigIntScalar, { description: "Place in the partner's chain of batches." })
  public seq: string;

  @Field(() => HexScalar)
  public schemaId: TextProofRow['schemaId'];

  @Field(() => Int)
  public chainId: number;

  @Field(() => BigIntScalar)
  public blockNumber: string;

  @Field(() => HexScalar)
  public blockHash: TextProofRow['blockHash'];

  @Field(() => DateTimeScalar)
  public blockTime: Date;

  @Field(() => HexScalar)
  public txHash: TextProofRow['txHash'];

  @Field(() => Int)
  public logIndex: number;
}

@ObjectType('DaySpan', { description: 'Days from and to, both included, ISO-8601.' })
export class DaySpanModel implements DaySpan {
  @Field(() => String)
  public from: string;

  @Field(() => String)
  public to: string;
}

@ObjectType('TextRecallInput', { description: 'The same in the fields of the input RecallCriteria.' })
export class RecallInputModel implements RecallInput {
  @Field(() => [String])
  public items: readonly string[];

  @Field(() => [String])
  public products: readonly string[];

  @Field(() => [String])
  public sites: readonly string[];

  @Field(() => String, { nullable: true, description: 'Event time, inclusive.' })
  public from: string | null;

  @Field(() => String, { nullable: true, description: 'Event time, exclusive.' })
  public to: string | null;
}

@ObjectType('TextRecallCriteria', { description: 'What a recall text says is recalled.' })
export class RecallCriteriaModel implements RecallCriteria {
  @Field(() => [String], { description: 'Digital Links of product classes.' })
  public products: readonly string[];

  @Field(() => [String])
  public lots: readonly string[];

  @Field(() => [String])
  public serials: readonly string[];

  @Field(() => [String], { description: 'Digital Links of logistic units.' })
  public logisticUnits: readonly string[];

  @Field(() => [String], { description: 'Digital Links of lots and items that the index knows.' })
  public items: readonly string[];

  @Field(() => [String])
  public sites: readonly string[];

  @Field(() => DaySpanModel, { nullable: true })
  public bestBefore: DaySpan | null;

  @Field(() => DaySpanModel, { nullable: true })
  public made: DaySpan | null;

  @Field(() => DaySpanModel, { nullable: true })
  public received: DaySpan | null;

  @Field(() => [String], { description: 'Names that the index does not know.' })
  public unresolved: readonly string[];

  @Field(() => Float, { description: 'Least confidence of what the criteria are made of.' })
  public confidence: number;

  @Field(() => RecallInputModel, {
    nullable: true,
    description:
      'What recallPreview and openRecall take: the lots that are named, or else the product at its sites in its days; null when the text names neither.',
  })
  public input: RecallInput | null;
}

@ObjectType('FoundEntity', { description: 'Something that a given text names.' })
export class FoundEntityModel implements Entity {
  @Field(() => String)
  public type: Entity['type'];

  @Field(() => Int)
  public start: number;

  @Field(() => Int)
  public end: number;

  @Field(() => String)
  public surface: string;

  @Field(() => String)
  public value: string;

  @Field(() => Float)
  public confidence: number;
}

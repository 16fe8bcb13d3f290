import { Field, ID, InputType } from '@nestjs/graphql';
import type { SearchMode, TextFilter, TextInput } from '@tallyhouse/nlp';
import { registerEnumType } from '@nestjs/graphql';
import { DateTimeScalar, HexScalar } from '../shared/scalars/index.js';
import { TextKindEnum } from './text.model.js';

export const SearchModeEnum = { HYBRID: 'HYBRID', LEXICAL: 'LEXICAL', SEMANTIC: 'SEMANTIC' } as const;
registerEnumType(SearchModeEnum, { name: 'SearchMode', description: 'By what texts are looked for.' });

@InputType('TextSearch')
export class TextSearchInput {
  @Field(() => String, { description: 'Words or a question, 1 to 1,000 characters.' })
  public query: string;

  @Field(() => SearchModeEnum, { defaultValue: 'HYBRID' })
  public mode: SearchMode;
}

@InputType('TextFilter', { description: 'Which texts; every given field must match.' })
export class TextFilterInput implements TextFilter {
  @Field(() => TextKindEnum, { nullable: true })
  public kind?: TextFilter['kind'];

  @Field(() => String, { nullable: true, description: 'ISO 639-1.' })
  public language?: string | null;

  @Field(() => HexScalar, { nullable: true })
  public partner?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Written at or after.' })
  public from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Written before.' })
  public to?: Date | null;

  @Field(() => String, {
    nullable: true,
    description: 'Item, product, site or partner that it is linked to.',
  })
  public about?: string | null;

  @Field(() => String, { nullable: true, description: 'Value of an entity, such as LOT-7 or 2026-03-01.' })
  public entity?: string | null;

  @Field(() => Boolean, { nullable: true, description: 'Of near-duplicates only the first.' })
  public distinct?: boolean | null;
}

@InputType('NewText')
export class NewTextInput implements TextInput {
  @Field(() => TextKindEnum)
  public kind: TextInput['kind'];

  @Field(() => String, { nullable: true })
  public title?: string | null;

  @Field(() => String, { description: 'At most 20,000 characters.' })
  public body: string;

  @Field(() => DateTimeScalar)
  public writtenAt: Date;

  @Field(() => ID, { nullable: true, description: 'Your own number of it.' })
  public reference?: string | null;

  @Field(() => [String], { nullable: true, description: 'Identifiers in any form that EPCIS allows.' })
  public items?: string[];

  @Field(() => [String], { nullable: true })
  public products?: string[];

  @Field(() => [String], { nullable: true })
  public sites?: string[];

  @Field(() => [String], { nullable: true })
  public destinations?: string[];
}

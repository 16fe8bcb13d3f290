import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { TalkRow, TextRow } from '@tallyhouse/nlp';
import { TextModel } from './text.model.js';

@ObjectType('Talk', { description: 'What was written about something in a time, beside what is usual.' })
export class TalkModel implements TalkRow {
  @Field(() => Int)
  public count: number;

  @Field(() => Float, { description: 'Texts in a time as long, on average over the year before.' })
  public usual: number;

  @Field(() => Float, { description: 'Probability of so many or more if nothing had changed.' })
  public pValue: number;

  @Field(() => [TextModel], { description: 'About most of what was named first, then the newest.' })
  public texts: readonly TextRow[];
}

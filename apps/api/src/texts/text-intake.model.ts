import { Field, ID, Int, ObjectType } from '@nestjs/graphql';
import type { TextFault, TextIntakeOutcome, TextRefusal } from '@tallyhouse/nlp';

@ObjectType('TextFault')
export class TextFaultModel implements TextFault {
  @Field(() => String)
  public field: string;

  @Field(() => String)
  public reason: string;
}

@ObjectType('TextRefusal', { description: 'A text that was not taken, and why.' })
export class TextRefusalModel implements TextRefusal {
  @Field(() => Int, { description: 'Place among the texts sent, from 0.' })
  public index: number;

  @Field(() => [TextFaultModel])
  public faults: readonly TextFault[];
}

@ObjectType('TextIntake', { description: 'What became of the texts sent.' })
export class TextIntakeModel implements TextIntakeOutcome {
  @Field(() => Int)
  public stored: number;

  @Field(() => Int, { description: 'Sent before, so already stored.' })
  public duplicate: number;

  @Field(() => [TextRefusalModel])
  public refused: readonly TextRefusal[];

  @Field(() => [ID], { description: 'Of the good ones, in the order sent.' })
  public ids: readonly string[];
}

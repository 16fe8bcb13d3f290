import { Field, Float, ObjectType } from '@nestjs/graphql';
import type { ParameterLine } from '@tallyhouse/anomalies';

@ObjectType('ModelParameter', { description: 'A number that is voted on as part of a version.' })
export class ModelParameterModel implements Pick<
  ParameterLine,
  'name' | 'value' | 'meaning' | 'least' | 'most'
> {
  @Field(() => String, { description: 'Where it stands in the file, such as readings.alarmNovelty.' })
  public name: string;

  @Field(() => Float)
  public value: number;

  @Field(() => String, { description: 'What it does, in a sentence.' })
  public meaning: string;

  @Field(() => Float, { description: 'The least that it may be.' })
  public least: number;

  @Field(() => Float, { description: 'The most that it may be.' })
  public most: number;
}

import { ArgsType, Field, Int } from '@nestjs/graphql';

/** Which part of a connection; that `first` is from 1 to 200 is seen to before anything is executed. */
@ArgsType()
export class PageArgs {
  @Field(() => Int, { defaultValue: 20, description: 'At most so many, 1 to 200.' })
  public first: number;

  @Field(() => String, { nullable: true, description: 'The endCursor of the page before.' })
  public after?: string | null;
}

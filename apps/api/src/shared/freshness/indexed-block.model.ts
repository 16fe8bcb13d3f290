import { Field, Int, ObjectType } from '@nestjs/graphql';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../scalars/index.js';

/** The block that an answer is as of. */
@ObjectType('IndexedBlock', {
  description:
    'A block of the index. Nothing up to it is missing; a block indexed meanwhile may show already.',
})
export class IndexedBlockModel {
  @Field(() => Int)
  public chainId: number;

  @Field(() => BigIntScalar)
  public blockNumber: string;

  @Field(() => HexScalar)
  public blockHash: string;

  @Field(() => DateTimeScalar)
  public blockTime: Date;
}

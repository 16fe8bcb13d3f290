import { Field, Int, ObjectType } from '@nestjs/graphql';
import type { IndexCountsRow, IndexStatusRow } from '@tallyhouse/supply-chain';
import { IndexedBlockModel } from '../shared/freshness/indexed-block.model.js';
import { BigIntScalar } from '../shared/scalars/index.js';

@ObjectType('IndexCounts')
export class IndexCountsModel implements IndexCountsRow {
  @Field(() => Int, { description: 'Events stored.' })
  public captured: number;

  @Field(() => Int, { description: 'Events whose batch is on chain.' })
  public anchored: number;

  @Field(() => Int, { description: 'Events whose batch is not on chain yet.' })
  public pending: number;

  @Field(() => Int, { description: 'Batches on chain.' })
  public batches: number;

  @Field(() => Int, { description: 'Forecast runs.' })
  public forecasts: number;

  @Field(() => Int)
  public proposals: number;
}

@ObjectType('IndexStatus', { description: 'How far the index follows the chain.' })
export class IndexStatusModel extends IndexedBlockModel implements IndexStatusRow {
  @Field(() => BigIntScalar, { description: "The chain's newest block that the indexer has seen." })
  public headNumber: string;

  @Field(() => BigIntScalar, {
    nullable: true,
    description: 'Highest block that the chain does not take back any more; null before one is known.',
  })
  public finalNumber: string | null;

  @Field(() => Int, { description: 'How often blocks were taken back.' })
  public rollbacks: number;

  @Field(() => Int)
  public lagBlocks: number;

  @Field(() => Int, { description: 'Age of the last indexed block.' })
  public lagSeconds: number;
}

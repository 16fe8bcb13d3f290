import { Args, Query, Resolver } from '@nestjs/graphql';
import { BatchReader, type BatchRow, type BatchStatus } from '@tallyhouse/supply-chain';
import { connectionOf, type Connection } from '../shared/relay/connection.js';
import { PageArgs } from '../shared/relay/page.args.js';
import { HexScalar } from '../shared/scalars/index.js';
import { BatchConnectionModel, BatchModel, BatchStatusEnum } from './batch.model.js';

@Resolver(() => BatchModel)
export class BatchResolver {
  public constructor(private readonly batches: BatchReader) {}

  @Query(() => BatchConnectionModel, { description: 'Batches of events, newest first.' })
  public anchorBatches(
    @Args('partner', { type: () => HexScalar, nullable: true }) partner: string | null,
    @Args('status', { type: () => BatchStatusEnum, nullable: true }) status: BatchStatus | null,
    @Args({ type: () => PageArgs }) page: PageArgs,
  ): Promise<Connection<BatchRow>> {
    return connectionOf(this.batches.list({ partner, status }, page));
  }
}

import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { BatchRow } from '@tallyhouse/supply-chain';
import { connectionType } from '../shared/relay/connection.js';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

export const BatchStatusEnum = { SEALED: 'SEALED', ANCHORED: 'ANCHORED', FINAL: 'FINAL' } as const;
registerEnumType(BatchStatusEnum, {
  name: 'BatchStatus',
  description: 'How far a batch is on its way to the chain.',
  valuesMap: {
    SEALED: { description: 'Not on chain yet, or not any more after a reorganisation.' },
    ANCHORED: { description: 'On chain.' },
    FINAL: { description: 'On chain in a block that stays.' },
  },
});

@ObjectType('AnchorBatch', {
  description: "Events of a partner under one root, in the partner's chain of batches.",
})
export class BatchModel implements BatchRow {
  @Field(() => ID)
  public id: string;

  @Field(() => HexScalar)
  public partner: string;

  @Field(() => HexScalar, { description: 'Whose key stands for it on chain.' })
  public submitter: string;

  @Field(() => BigIntScalar, { description: "Position in the partner's chain of batches." })
  public seq: string;

  @Field(() => HexScalar)
  public root: string;

  @Field(() => HexScalar, { description: 'Head of the chain of batches after it.' })
  public head: string;

  @Field(() => Int, { description: 'Events.' })
  public count: number;

  @Field(() => BatchStatusEnum)
  public status: BatchRow['status'];

  @Field(() => DateTimeScalar)
  public sealedAt: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it was last sent.' })
  public sentAt: Date | null;

  @Field(() => Int, { description: 'How often it was sent.' })
  public attempts: number;

  @Field(() => String, { nullable: true })
  public lastError: string | null;

  @Field(() => BigIntScalar, { nullable: true })
  public blockNumber: string | null;

  @Field(() => HexScalar, { nullable: true })
  public blockHash: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  public blockTime: Date | null;

  @Field(() => HexScalar, { nullable: true })
  public txHash: string | null;
}

export const BatchConnectionModel = connectionType(BatchModel, 'AnchorBatch');

import { Field, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { CustodyTransfer, TransferState, UnitCustody } from '@tallyhouse/audit';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

const TransferStateEnum = {
  OFFERED: 'OFFERED',
  ACCEPTED: 'ACCEPTED',
  REJECTED: 'REJECTED',
  WITHDRAWN: 'WITHDRAWN',
  RELEASED: 'RELEASED',
  EXPIRED: 'EXPIRED',
} as const;
registerEnumType(TransferStateEnum, { name: 'CustodyTransferState', description: 'How an offer stands.' });

@ObjectType('CustodyTransfer', { description: 'One offer of a unit and what became of it.' })
export class CustodyTransferModel implements CustodyTransfer {
  @Field(() => HexScalar, { description: 'Keccak-256 of the digits of the SSCC.' })
  public unit: string;

  @Field(() => String, { nullable: true, description: 'The SSCC, where an event has named it.' })
  public uri: string | null;

  @Field(() => HexScalar)
  public sender: string;

  @Field(() => HexScalar)
  public recipient: string;

  @Field(() => TransferStateEnum)
  public state: TransferState;

  @Field(() => String, { nullable: true, description: 'Why it was rejected or released.' })
  public reason: string | null;

  @Field(() => DateTimeScalar, { description: 'Last second at which it can be answered.' })
  public deadline: Date;

  @Field(() => BigIntScalar)
  public offeredBlock: string;

  @Field(() => DateTimeScalar)
  public offeredTime: Date;

  @Field(() => HexScalar)
  public offeredTx: string;

  @Field(() => BigIntScalar, { nullable: true })
  public answeredBlock: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  public answeredTime: Date | null;

  @Field(() => HexScalar, { nullable: true })
  public answeredTx: string | null;
}

@ObjectType('Custody', { description: 'Who holds a logistic unit by the Custody contract.' })
export class CustodyModel implements UnitCustody {
  @Field(() => HexScalar)
  public unit: string;

  @Field(() => String)
  public uri: string;

  @Field(() => HexScalar, {
    nullable: true,
    description: 'Address of the partner; null when it was never offered.',
  })
  public holder: string | null;

  @Field(() => [CustodyTransferModel], { description: 'Newest first, at most 200.' })
  public transfers: readonly CustodyTransferModel[];
}

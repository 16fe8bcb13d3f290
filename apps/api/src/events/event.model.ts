import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { EventItemRow, EventRow, EventStatus } from '@tallyhouse/supply-chain';
import { connectionType } from '../shared/relay/connection.js';
import { BigIntScalar, DateTimeScalar, HexScalar, JsonScalar } from '../shared/scalars/index.js';

export const EventStatusEnum = {
  PENDING: 'PENDING',
  SEALED: 'SEALED',
  ANCHORED: 'ANCHORED',
  FINAL: 'FINAL',
} as const;
registerEnumType(EventStatusEnum, {
  name: 'EventStatus',
  description: 'How far an event is on its way to the chain.',
  valuesMap: {
    PENDING: { description: 'Stored, not in a batch yet.' },
    SEALED: { description: 'In a batch that the index does not show on chain yet.' },
    ANCHORED: { description: 'In a batch whose root is on chain. As a filter it also finds what is final.' },
    FINAL: { description: 'In a batch whose root is in a block that stays.' },
  },
});

@ObjectType('EventItem', { description: 'An item, lot or container as an event names it.' })
export class EventItemModel {
  @Field(() => String, { description: 'EPC, PARENT, CHILD, INPUT or OUTPUT.' })
  public role: EventItemRow['role'];

  @Field(() => String, { description: 'GS1 Digital Link in canonical form.' })
  public uri: string;

  @Field(() => Float, { nullable: true })
  public quantity: number | null;

  @Field(() => String, {
    nullable: true,
    description: 'UN/ECE Recommendation 20; pieces where none is given.',
  })
  public uom: string | null;
}

@ObjectType('EventAnchor', { description: 'The batch of an event; the block is null until it is on chain.' })
export class EventAnchorModel {
  @Field(() => HexScalar)
  public root: string;

  @Field(() => BigIntScalar, { description: "Position in the partner's chain of batches." })
  public seq: string;

  @Field(() => Int)
  public batchCount: number;

  @Field(() => BigIntScalar, { nullable: true })
  public blockNumber: string | null;

  @Field(() => HexScalar, { nullable: true })
  public blockHash: string | null;

  @Field(() => HexScalar, { nullable: true })
  public txHash: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  public blockTime: Date | null;
}

@ObjectType('EpcisEvent', { description: 'An EPCIS 2.0 event as it was captured.' })
export class EventModel implements Omit<EventRow, 'captureJobId'> {
  @Field(() => ID)
  public id: string;

  @Field(() => String, { description: 'CBV 2.0 Event Hash ID, an ni URI.' })
  public eventHashId: string;

  @Field(() => String)
  public type: string;

  @Field(() => String, { nullable: true })
  public action: string | null;

  @Field(() => DateTimeScalar)
  public eventTime: Date;

  @Field(() => String)
  public timeZoneOffset: string;

  @Field(() => DateTimeScalar)
  public recordTime: Date;

  @Field(() => String, { nullable: true })
  public bizStep: string | null;

  @Field(() => String, { nullable: true })
  public disposition: string | null;

  @Field(() => String, { nullable: true })
  public readPoint: string | null;

  @Field(() => String, { nullable: true })
  public bizLocation: string | null;

  @Field(() => HexScalar, { description: 'Address of the partner who sent it.' })
  public partner: string;

  @Field(() => JsonScalar, { description: 'The event as received.' })
  public body: object;
}

export const EventConnectionModel = connectionType(EventModel, 'Event');

export type { EventStatus };

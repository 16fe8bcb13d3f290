import { Field, ID, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { DataReadRow, GrantRow, NewGrant, SharedEventRow, SharingRow } from '@tallyhouse/supply-chain';
import { connectionType } from '../shared/relay/connection.js';
import { DateTimeScalar, HexScalar, JsonScalar } from '../shared/scalars/index.js';

export const SharingEnum = { OPEN: 'OPEN', PRIVATE: 'PRIVATE' } as const;
registerEnumType(SharingEnum, {
  name: 'Sharing',
  description: 'What a partner shows.',
  valuesMap: {
    OPEN: { description: 'Everything, to everybody.' },
    PRIVATE: { description: 'Its own rows to itself, and to others what it grants.' },
  },
});

export const GrantKindEnum = {
  EVERYTHING: 'EVERYTHING',
  EVENTS: 'EVENTS',
  ITEM: 'ITEM',
  PRODUCT: 'PRODUCT',
  SITE: 'SITE',
} as const;
registerEnumType(GrantKindEnum, {
  name: 'GrantKind',
  description: 'What is granted.',
  valuesMap: {
    EVERYTHING: {
      description: "All the partner's rows: events, texts, master data and what was made of them.",
    },
    EVENTS: { description: "The partner's events." },
    ITEM: { description: 'Its events that name an item, a lot or a container.' },
    PRODUCT: { description: 'Its events that name an item of a product.' },
    SITE: { description: 'Its events at a place.' },
  },
});

@ObjectType('PartnerSharing', { description: 'What a partner shows, and whether it chose so.' })
export class PartnerSharingModel implements SharingRow {
  @Field(() => HexScalar)
  public partner: string;

  @Field(() => SharingEnum)
  public sharing: SharingRow['sharing'];

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Null: the setting of the installation holds.',
  })
  public chosenAt: Date | null;
}

@ObjectType('Grant', { description: 'What a partner lets somebody read.' })
export class GrantModel implements GrantRow {
  @Field(() => ID)
  public id: string;

  @Field(() => HexScalar)
  public owner: string;

  @Field(() => HexScalar, { description: 'A partner, or the account of somebody who signs in.' })
  public grantee: string;

  @Field(() => GrantKindEnum)
  public kind: GrantRow['kind'];

  @Field(() => String, { nullable: true, description: 'Canonical identifier of what the events name.' })
  public resource: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  public eventFrom: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Events before this time.' })
  public eventTo: Date | null;

  @Field(() => [String], { nullable: true, description: 'Fields of EPCIS that come out; null: all.' })
  public fields: string[] | null;

  @Field(() => Boolean, { description: 'Whether who takes custody of the item afterwards inherits it.' })
  public followsCustody: boolean;

  @Field(() => DateTimeScalar)
  public createdAt: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends by itself; null: never.' })
  public expiresAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  public revokedAt: Date | null;
}

@InputType('NewGrant')
export class NewGrantModel implements NewGrant {
  @Field(() => HexScalar, { description: 'A partner, or the account of somebody who signs in.' })
  public grantee: string;

  @Field(() => GrantKindEnum)
  public kind: GrantRow['kind'];

  @Field(() => String, {
    nullable: true,
    description: 'Which item, product or place: in any form of EPCIS, as on a label, or by its digits.',
  })
  public resource?: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Events from this time on.' })
  public eventFrom?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Events before this time.' })
  public eventTo?: Date | null;

  @Field(() => [String], {
    nullable: true,
    description:
      'Fields of EPCIS that come out, such as eventTime and bizStep; by sharedEvents alone. All unless given.',
  })
  public fields?: string[] | null;

  @Field(() => Boolean, {
    defaultValue: false,
    description: 'Whether who takes custody of the item, or of what it is packed in, inherits the grant.',
  })
  public followsCustody: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it ends by itself; never unless given.' })
  public expiresAt?: Date | null;
}

@ObjectType('SharedEvent', { description: 'An event of which certain fields were granted to the viewer.' })
export class SharedEventModel implements SharedEventRow {
  @Field(() => ID)
  public grantId: string;

  @Field(() => HexScalar)
  public owner: string;

  @Field(() => ID)
  public eventId: string;

  @Field(() => JsonScalar, { description: 'Its type, and those of the granted fields that it has.' })
  public body: object;
}

@ObjectType('DataRead', { description: "A reading of the viewer's rows by a grant." })
export class DataReadModel implements DataReadRow {
  @Field(() => ID)
  public id: string;

  @Field(() => DateTimeScalar)
  public readAt: Date;

  @Field(() => ID)
  public grantId: string;

  @Field(() => HexScalar, { description: 'The account or partner that read.' })
  public reader: string;

  @Field(() => String, { description: 'What it asked for.' })
  public operation: string;

  @Field(() => Int, { description: 'Rows that name what was granted; 0: figures it may have gone into.' })
  public rowCount: number;
}

export const SharedEventConnectionModel = connectionType(SharedEventModel, 'SharedEvent');
export const DataReadConnectionModel = connectionType(DataReadModel, 'DataRead');

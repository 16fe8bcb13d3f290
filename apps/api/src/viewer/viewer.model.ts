import { Field, ID, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { PasskeyRow, SessionRow } from '@tallyhouse/identity';
import { PartnerModel } from '../partners/partner.model.js';
import { IndexedBlockModel } from '../shared/freshness/indexed-block.model.js';
import { DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

@ObjectType('ChainRoles', { description: 'What an account is on chain.' })
export class ChainRolesModel {
  @Field(() => PartnerModel, { nullable: true, description: 'What it is registered as.' })
  public partner: PartnerModel | null;

  @Field(() => [PartnerModel], { description: 'Partners for whom its key may anchor now.' })
  public submitterFor: PartnerModel[];

  @Field(() => IndexedBlockModel, { nullable: true, description: 'Null before anything is indexed.' })
  public asOf: IndexedBlockModel | null;
}

export const WayInEnum = { WALLET: 'WALLET', PASSKEY: 'PASSKEY' } as const;
registerEnumType(WayInEnum, { name: 'WayIn', description: 'What a session began with.' });

@ObjectType('Session', { description: 'A sign-in on a device.' })
export class SessionModel implements Omit<SessionRow, 'address'> {
  @Field(() => ID)
  public id: string;

  @Field(() => String, { description: 'What the device called itself.' })
  public device: string;

  @Field(() => DateTimeScalar)
  public createdAt: Date;

  @Field(() => DateTimeScalar)
  public refreshedAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it ends unless it is refreshed.' })
  public expiresAt: Date;

  @Field(() => DateTimeScalar, { description: 'When it ends however often it is refreshed.' })
  public endsAt: Date;

  @Field(() => WayInEnum)
  public way: SessionRow['way'];

  @Field(() => Boolean, { description: 'Whether it is the one that asks.' })
  public isCurrent: boolean;
}

@ObjectType('Passkey', { description: 'Another way to sign in to the account.' })
export class PasskeyModel implements PasskeyRow {
  @Field(() => ID)
  public id: string;

  @Field(() => String, { description: 'What its owner calls it.' })
  public name: string;

  @Field(() => DateTimeScalar)
  public createdAt: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  public lastUsedAt: Date | null;

  @Field(() => Boolean, { description: 'Whether it lies on more than one device.' })
  public isBackedUp: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When its counter told of a copy; it opens nothing since.',
  })
  public copiedAt: Date | null;
}

@ObjectType('Viewer', { description: 'Who is signed in.' })
export class ViewerModel {
  @Field(() => HexScalar)
  public address: string;

  /** The session that asks. */
  public sessionId: string;
}

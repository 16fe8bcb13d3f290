import { Field, ID, ObjectType } from '@nestjs/graphql';
import type { SessionRow } from '@tallyhouse/identity';
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

  @Field(() => Boolean, { description: 'Whether it is the one that asks.' })
  public isCurrent: boolean;
}

@ObjectType('Viewer', { description: 'Who is signed in with a wallet.' })
export class ViewerModel {
  @Field(() => HexScalar)
  public address: string;

  /** The session that asks. */
  public sessionId: string;
}

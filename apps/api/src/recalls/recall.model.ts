import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type {
  AffectedItem,
  RecallAccount,
  RecallHolderRow,
  RecallItemRow,
  RecallPreview,
  RecallProgress,
  RecallRow,
} from '@tallyhouse/audit';
import { ItemPositionModel, ItemStateEnum } from '../items/position.model.js';
import { BigIntScalar, DateTimeScalar, HexScalar, JsonScalar } from '../shared/scalars/index.js';
import { CertaintyEnum } from '../trace/trace.model.js';

const RecallStateEnum = { PREPARED: 'PREPARED', OPEN: 'OPEN', CLOSED: 'CLOSED', FAILED: 'FAILED' } as const;
registerEnumType(RecallStateEnum, {
  name: 'RecallState',
  description: 'PREPARED: not on chain yet. FAILED: the chain refused it.',
});

@ObjectType('AffectedItem', { description: 'An item that a recall is about, and where it is.' })
export class AffectedItemModel extends ItemPositionModel implements AffectedItem {
  @Field(() => CertaintyEnum)
  public certainty: AffectedItem['certainty'];

  @Field(() => Int, { description: 'Edges from what the criteria name.' })
  public depth: number;
}

@ObjectType('RecallPreview', { description: 'What a recall would be about.' })
export class RecallPreviewModel implements Omit<RecallPreview, 'items'> {
  @Field(() => JsonScalar, { description: 'In the form that is hashed.' })
  public criteria: RecallPreview['criteria'];

  @Field(() => HexScalar, { description: 'SHA-256 of the criteria as canonical JSON.' })
  public criteriaHash: RecallPreview['criteriaHash'];

  @Field(() => HexScalar, { nullable: true, description: 'Merkle root over the affected items.' })
  public affectedRoot: RecallPreview['affectedRoot'];

  @Field(() => Boolean, {
    description: 'More is affected than was followed; such a recall cannot be opened.',
  })
  public truncated: boolean;
}

@ObjectType('RecallItem', { description: 'An item of a recall as it stood when the recall was opened.' })
export class RecallItemModel implements RecallItemRow {
  @Field(() => String)
  public uri: string;

  @Field(() => ItemStateEnum)
  public state: string;

  @Field(() => CertaintyEnum)
  public certainty: string;

  @Field(() => Int)
  public depth: number;

  @Field(() => String, { nullable: true })
  public location: string | null;

  @Field(() => HexScalar, { nullable: true })
  public holder: string | null;

  @Field(() => Float, { nullable: true })
  public quantity: number | null;

  @Field(() => String, { nullable: true })
  public uom: string | null;

  @Field(() => ID, { nullable: true })
  public lastEvent: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  public lastSeen: Date | null;
}

@ObjectType('RecallHolder', { description: 'What a partner was told of a recall, and has answered.' })
export class RecallHolderModel implements RecallHolderRow {
  @Field(() => HexScalar)
  public partner: string;

  @Field(() => String, { nullable: true })
  public name: string | null;

  @Field(() => Int, { description: 'Affected items that it held when the recall was opened.' })
  public items: number;

  @Field(() => DateTimeScalar, { nullable: true })
  public toldAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When its webhook took the message.' })
  public deliveredAt: Date | null;

  @Field(() => String, { nullable: true })
  public deliveryError: string | null;

  @Field(() => BigIntScalar, { nullable: true })
  public acknowledgedBlock: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  public acknowledgedTime: Date | null;

  @Field(() => Float, { nullable: true, description: 'Recovered in all so far.' })
  public recovered: number | null;
}

@ObjectType('Recall')
export class RecallModel implements RecallRow {
  @Field(() => ID, { description: 'As the contract RecallNotice names it.' })
  public id: string;

  @Field(() => HexScalar, { description: 'Who opened it.' })
  public partner: string;

  @Field(() => JsonScalar)
  public criteria: RecallRow['criteria'];

  @Field(() => HexScalar)
  public criteriaHash: string;

  @Field(() => HexScalar)
  public affectedRoot: string;

  @Field(() => Int)
  public affectedCount: number;

  @Field(() => DateTimeScalar, { description: 'When it was begun.' })
  public createdAt: Date;

  @Field(() => DateTimeScalar, { description: 'When the list of what is affected stood.' })
  public listedAt: Date;

  @Field(() => Boolean, { description: 'A mock recall, of which the chain knows nothing.' })
  public drill: boolean;

  @Field(() => RecallStateEnum)
  public state: RecallRow['state'];

  @Field(() => String, { nullable: true })
  public lastError: string | null;

  @Field(() => BigIntScalar, { nullable: true })
  public openedBlock: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  public openedTime: Date | null;

  @Field(() => HexScalar, { nullable: true })
  public openedTx: string | null;

  @Field(() => DateTimeScalar, { nullable: true })
  public closedTime: Date | null;

  @Field(() => String, { nullable: true })
  public outcome: string | null;
}

@ObjectType('RecallAccount', {
  description:
    'How much of what is recalled is accounted for, in one unit of measure; each level of product counts.',
})
export class RecallAccountModel implements RecallAccount {
  @Field(() => String, { description: 'UN/ECE Recommendation 20; EA for pieces.' })
  public uom: string;

  @Field(() => Float)
  public affected: number;

  @Field(() => Float, { description: 'Used, sold or disposed of before the list stood.' })
  public gone: number;

  @Field(() => Float, { description: 'Of the rest, how much is at a known place with a known holder.' })
  public located: number;

  @Field(() => Float, {
    nullable: true,
    description: 'What holders recovered of the rest; null where they may have counted in another unit.',
  })
  public recovered: number | null;

  @Field(() => Float, { nullable: true, description: 'Part that is gone or recovered, 0 to 1.' })
  public accountedShare: number | null;
}

@ObjectType('RecallProgress', { description: 'The clock of a recall: what is done, and when it was.' })
export class RecallProgressModel implements RecallProgress {
  @Field(() => DateTimeScalar)
  public begunAt: Date;

  @Field(() => DateTimeScalar, { description: 'Traceback done: the list stood.' })
  public listedAt: Date;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null for a drill.' })
  public onChainAt: Date | null;

  @Field(() => Int)
  public holders: number;

  @Field(() => Int, { description: 'Holders whose webhook took the message.' })
  public delivered: number;

  @Field(() => DateTimeScalar, { nullable: true })
  public deliveredAt: Date | null;

  @Field(() => Int)
  public answered: number;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the last holder answered; null until all have.',
  })
  public answeredAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the last answer that there is came.' })
  public lastAnswerAt: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  public endedAt: Date | null;

  @Field(() => [RecallAccountModel])
  public accounts: readonly RecallAccountModel[];
}

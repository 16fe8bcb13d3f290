import { Field, Int, ObjectType } from '@nestjs/graphql';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

@ObjectType('Relayer', { description: 'Whether signed ballots are relayed, and within which bounds.' })
export class RelayerModel {
  @Field(() => Boolean)
  public isUp: boolean;

  @Field(() => String, { nullable: true, description: 'Why it is not up.' })
  public reason: string | null;

  @Field(() => HexScalar, { nullable: true, description: 'The account that pays; null when there is none.' })
  public address: string | null;

  @Field(() => BigIntScalar, { description: 'Its coin, in wei.' })
  public balance: bigint;

  @Field(() => BigIntScalar, { description: 'What a unit of gas costs at most, in wei.' })
  public feePerGas: bigint;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When it last said that it works.' })
  public seenAt: Date | null;

  @Field(() => BigIntScalar, { description: 'Gas that it spends in 24 hours at most.' })
  public gasADay: bigint;

  @Field(() => BigIntScalar)
  public gasLeftToday: bigint;

  @Field(() => BigIntScalar, { description: 'A ballot that takes more is refused.' })
  public mostGasABallot: bigint;

  @Field(() => Int)
  public ballotsAVoterADay: number;

  @Field(() => Int, { description: 'From one network address, refused ones among them.' })
  public attemptsAClientAnHour: number;
}

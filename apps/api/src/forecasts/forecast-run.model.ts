import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { CommitmentRow, ForecastRunRow, RunScoreRow } from '@tallyhouse/forecasting';
import { connectionType } from '../shared/relay/connection.js';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

@ObjectType('ForecastCommitment', { description: "Where a run's root was fixed on chain." })
export class CommitmentModel implements Omit<CommitmentRow, 'root'> {
  @Field(() => BigIntScalar)
  public blockNumber: string;

  @Field(() => HexScalar)
  public txHash: string;

  @Field(() => DateTimeScalar)
  public blockTime: Date;
}

@ObjectType('ForecastRunScore', { description: 'Over the forecasts of a run whose outcome is known.' })
export class RunScoreModel implements Omit<RunScoreRow, 'runId'> {
  @Field(() => Int)
  public count: number;

  @Field(() => Float)
  public meanSmape: number;

  @Field(() => Float, { description: 'Share of outcomes inside the 80 % interval, 0 to 1.' })
  public coverage80: number;

  @Field(() => Float, {
    nullable: true,
    description: 'MASE over that of the seasonal naive on the same forecasts; below 1 the model did better.',
  })
  public relativeMase: number | null;
}

export const ReconciliationEnum = { MINT: 'MINT', STRUCTURAL: 'STRUCTURAL' } as const;
registerEnumType(ReconciliationEnum, {
  name: 'Reconciliation',
  description: 'How sums and parts were made to add up.',
  valuesMap: {
    MINT: { description: 'By how each series erred at past origins.' },
    STRUCTURAL: { description: 'By the number of parts of each sum, for want of past errors.' },
  },
});

@ObjectType('ForecastRun', { description: 'One run of a model over every series of a frequency.' })
export class ForecastRunModel implements Omit<ForecastRunRow, 'levels'> {
  @Field(() => ID)
  public id: string;

  @Field(() => String)
  public family: string;

  @Field(() => HexScalar)
  public versionId: string;

  @Field(() => HexScalar)
  public artifactSha256: string;

  @Field(() => ID, { nullable: true, description: 'The vote that put the version in force.' })
  public proposalId: string | null;

  @Field(() => String)
  public frequency: string;

  @Field(() => DateTimeScalar, { description: 'Nothing later was known to the run.' })
  public asOf: Date;

  @Field(() => DateTimeScalar)
  public firstTarget: Date;

  @Field(() => BigIntScalar)
  public asOfBlock: string;

  @Field(() => HexScalar, {
    description:
      'SHA-256 of the observations that it was made from, and of covariates where the version takes any.',
  })
  public dataSha256: string;

  @Field(() => HexScalar, { description: 'Merkle root over the forecasts.' })
  public root: string;

  @Field(() => Int, { description: 'Forecasts under the root.' })
  public count: number;

  @Field(() => DateTimeScalar)
  public createdAt: Date;

  @Field(() => Boolean, { description: 'Made by a version that was not in force: no forecast, but a trial.' })
  public isShadow: boolean;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description:
      'When it was withdrawn because the chain had taken back what it was made of; null while it stands.',
  })
  public withdrawnAt: Date | null;

  @Field(() => ReconciliationEnum, {
    nullable: true,
    description:
      'How the means of products at sites, sites, countries, products, groups and the total were made to add up; null where they were not.',
  })
  public reconciliation: ForecastRunRow['reconciliation'];

  @Field(() => String, { nullable: true, description: 'Why it was not by past errors.' })
  public reconciliationReason: string | null;

  @Field(() => Int, {
    nullable: true,
    description:
      'Number of the last statement that stock ran out which the run knew, see Series.stockOuts; null where none had been made.',
  })
  public stockOutsUpTo: number | null;
}

export const ForecastRunConnectionModel = connectionType(ForecastRunModel, 'ForecastRun');

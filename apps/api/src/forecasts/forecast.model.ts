import { Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type { ForecastPointRow, PointScoreRow, QuantileRow } from '@tallyhouse/forecasting';
import { DateTimeScalar } from '../shared/scalars/index.js';
import { ForecastRunModel } from './forecast-run.model.js';

@ObjectType('ForecastQuantile')
export class QuantileModel implements QuantileRow {
  @Field(() => Float, { description: 'In (0, 1).' })
  public level: number;

  @Field(() => Float)
  public value: number;
}

@ObjectType('ForecastScore', { description: 'What became of a forecast.' })
export class PointScoreModel implements PointScoreRow {
  @Field(() => Float)
  public actual: number;

  @Field(() => Float)
  public absError: number;

  @Field(() => Float, { nullable: true, description: 'Absolute error of the baseline.' })
  public baselineError: number | null;

  @Field(() => Float, { description: 'Symmetric absolute percentage error.' })
  public smape: number;

  @Field(() => Float, { description: 'Mean pinball loss over the levels.' })
  public pinball: number;

  @Field(() => Boolean, { description: 'Whether the outcome lies between the 10 % and the 90 % quantile.' })
  public inside80: boolean;
}

@ObjectType('ForecastPoint', { description: 'The forecast of one period.' })
export class ForecastPointModel implements ForecastPointRow {
  @Field(() => Int, { description: 'Periods ahead, from 1.' })
  public step: number;

  @Field(() => DateTimeScalar, { description: 'Inclusive.' })
  public targetStart: Date;

  @Field(() => DateTimeScalar, { description: 'Exclusive.' })
  public targetEnd: Date;

  @Field(() => Float)
  public mean: number;

  @Field(() => [QuantileModel], { description: 'By level, ascending.' })
  public quantiles: readonly QuantileModel[];

  @Field(() => String)
  public method: string;

  @Field(() => String, { nullable: true, description: 'Why another method stood in.' })
  public fallbackReason: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'What the seasonal naive said with the same data; null where nothing was known. It is kept beside the forecast and not proved with it.',
  })
  public baseline: number | null;

  @Field(() => Boolean, {
    description:
      'Stock ran out in the period, by what had been said when it was over: what was sold is not what was wanted, and there is no score.',
  })
  public isLeftOut: boolean;

  @Field(() => PointScoreModel, {
    nullable: true,
    description: 'Null until the outcome is known, and where it is left out.',
  })
  public score: PointScoreModel | null;
}

@ObjectType('Forecast', { description: 'One series in one run.' })
export class ForecastModel {
  @Field(() => ForecastRunModel)
  public run: ForecastRunModel;

  @Field(() => [ForecastPointModel])
  public points: readonly ForecastPointModel[];
}

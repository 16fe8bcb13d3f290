import { ArgsType, Field, Float, Int, ObjectType } from '@nestjs/graphql';
import type {
  TrackRecord,
  TrackRecordFigures,
  TrackRecordFilter,
  TrackRecordGrain,
  TrackRecordPeriod,
} from '@tallyhouse/forecasting';
import { SeriesFrequencyEnum, SeriesGrainEnum, SeriesMeasureEnum } from '../series/series.model.js';
import { DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

@ObjectType('TrackRecordFigures', { description: 'How forecasts did, over those whose outcome is known.' })
export class TrackRecordFiguresModel implements TrackRecordFigures {
  @Field(() => Int, { description: 'Forecasts whose outcome is known.' })
  public scored: number;

  @Field(() => Int)
  public series: number;

  @Field(() => Float, { description: 'In percent.' })
  public meanSmape: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Scaled by the history that was known when the forecast was made.',
  })
  public mase: number | null;

  @Field(() => Float, { nullable: true, description: 'MASE of the seasonal naive.' })
  public baselineMase: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'MASE over that of the seasonal naive on the same forecasts; below 1 the model did better.',
  })
  public relativeMase: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean of forecast minus outcome, scaled as MASE is; above 0 too much was forecast.',
  })
  public scaledBias: number | null;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean pinball loss over the levels, scaled as MASE is.',
  })
  public scaledPinball: number | null;

  @Field(() => Float, { description: 'Share of outcomes inside the 80 % interval, 0 to 1.' })
  public coverage80: number;
}

@ObjectType('TrackRecordGrain', { description: 'The record over the series of a grain.' })
export class TrackRecordGrainModel extends TrackRecordFiguresModel implements TrackRecordGrain {
  @Field(() => SeriesGrainEnum)
  public grain: TrackRecordGrain['grain'];
}

@ObjectType('TrackRecordPeriod', { description: 'The record of one period.' })
export class TrackRecordPeriodModel extends TrackRecordFiguresModel implements TrackRecordPeriod {
  @Field(() => DateTimeScalar)
  public targetStart: Date;
}

@ObjectType('ForecastTrackRecord', {
  description: 'How forecasts did that were fixed on chain before their outcome; shadow runs do not count.',
})
export class TrackRecordModel implements TrackRecord {
  @Field(() => TrackRecordFiguresModel, { nullable: true, description: 'Null where no outcome is known.' })
  public overall: TrackRecordFigures | null;

  @Field(() => [TrackRecordGrainModel])
  public grains: readonly TrackRecordGrain[];

  @Field(() => Int, { description: 'Periods of the whole record.' })
  public periodCount: number;

  @Field(() => [TrackRecordPeriodModel], { description: 'The last of them, oldest first.' })
  public periods: readonly TrackRecordPeriod[];
}

@ArgsType()
export class TrackRecordArgs implements TrackRecordFilter {
  @Field(() => HexScalar, { nullable: true, description: 'Of one version alone.' })
  public versionId?: string | null;

  @Field(() => HexScalar, { nullable: true, description: 'Of one series alone.' })
  public seriesId?: string | null;

  @Field(() => SeriesMeasureEnum, { nullable: true })
  public measure?: TrackRecordFilter['measure'];

  @Field(() => SeriesFrequencyEnum, { nullable: true })
  public frequency?: TrackRecordFilter['frequency'];

  @Field(() => SeriesGrainEnum, { nullable: true })
  public grain?: TrackRecordFilter['grain'];

  @Field(() => DateTimeScalar, { nullable: true, description: 'Start of the period forecast, inclusive.' })
  public from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Start of the period forecast, exclusive.' })
  public to?: Date | null;

  @Field(() => Int, { defaultValue: 60, description: 'Of the periods the last so many, 1 to 400.' })
  public last: number;
}

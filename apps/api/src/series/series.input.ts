import { ArgsType, Field, InputType, Int } from '@nestjs/graphql';
import type { ObservationRange, SeriesFilter } from '@tallyhouse/forecasting';
import { DateTimeScalar, HexScalar } from '../shared/scalars/index.js';
import { SeriesFrequencyEnum, SeriesGrainEnum, SeriesMeasureEnum } from './series.model.js';

@InputType('SeriesFilter', { description: 'Which series; every given field must match.' })
export class SeriesFilterInput implements SeriesFilter {
  @Field(() => HexScalar, { nullable: true })
  public partner?: string | null;

  @Field(() => SeriesMeasureEnum, { nullable: true })
  public measure?: SeriesFilter['measure'];

  @Field(() => SeriesFrequencyEnum, { nullable: true })
  public frequency?: SeriesFilter['frequency'];

  @Field(() => SeriesGrainEnum, { nullable: true })
  public grain?: SeriesFilter['grain'];

  @Field(() => String, { nullable: true, description: 'Digital Link of a product class.' })
  public product?: string | null;

  @Field(() => String, { nullable: true, description: 'Digital Link of a site; for lanes either end.' })
  public site?: string | null;

  @Field(() => String, { nullable: true, description: 'The series of a product group.' })
  public productGroup?: string | null;

  @Field(() => String, { nullable: true, description: 'The series of a country.' })
  public country?: string | null;
}

@ArgsType()
export class ObservationArgs implements ObservationRange {
  @Field(() => DateTimeScalar, { nullable: true, description: 'Start of the period, inclusive.' })
  public from?: Date | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Start of the period, exclusive.' })
  public to?: Date | null;

  @Field(() => Int, { defaultValue: 120, description: 'Of those the last so many, 1 to 2,000.' })
  public last: number;
}

@ArgsType()
export class DecompositionArgs {
  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'Nothing from this moment on is read; without it, as of the last block indexed.',
  })
  public asOf?: Date | null;

  @Field(() => Int, { defaultValue: 120, description: 'Of the periods the last so many, 1 to 2,000.' })
  public last: number;
}

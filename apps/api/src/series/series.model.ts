import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { ObservationRow, SeriesRow } from '@tallyhouse/forecasting';
import { connectionType } from '../shared/relay/connection.js';
import { DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

export const SeriesMeasureEnum = { DEMAND: 'DEMAND', RECEIVED: 'RECEIVED', SHIPPED: 'SHIPPED' } as const;
registerEnumType(SeriesMeasureEnum, { name: 'SeriesMeasure', description: 'What is counted.' });

export const SeriesFrequencyEnum = { DAILY: 'DAILY', WEEKLY: 'WEEKLY', MONTHLY: 'MONTHLY' } as const;
registerEnumType(SeriesFrequencyEnum, {
  name: 'SeriesFrequency',
  description: 'Length of a period, in UTC.',
});

export const SeriesGrainEnum = {
  TOTAL: 'TOTAL',
  GROUP: 'GROUP',
  PRODUCT: 'PRODUCT',
  COUNTRY: 'COUNTRY',
  SITE: 'SITE',
  PRODUCT_SITE: 'PRODUCT_SITE',
  LANE: 'LANE',
} as const;
registerEnumType(SeriesGrainEnum, { name: 'SeriesGrain', description: 'What a series is summed over.' });

@ObjectType('Observation', { description: 'The value of one period.' })
export class ObservationModel implements Omit<ObservationRow, 'seriesId'> {
  @Field(() => DateTimeScalar)
  public periodStart: Date;

  @Field(() => Float)
  public value: number;

  @Field(() => Int, { description: 'Events that the value was made of.' })
  public eventCount: number;
}

@ObjectType('Series', { description: 'A quantity over time, made of anchored events.' })
export class SeriesModel implements SeriesRow {
  @Field(() => ID)
  public id: string;

  @Field(() => HexScalar, { description: 'The partner whose events it is made of.' })
  public partner: string;

  @Field(() => SeriesMeasureEnum)
  public measure: SeriesRow['measure'];

  @Field(() => SeriesFrequencyEnum)
  public frequency: SeriesRow['frequency'];

  @Field(() => SeriesGrainEnum)
  public grain: SeriesRow['grain'];

  @Field(() => String, { nullable: true })
  public product: string | null;

  @Field(() => String, { nullable: true })
  public site: string | null;

  @Field(() => String, { nullable: true, description: 'The far end of a lane.' })
  public destination: string | null;

  @Field(() => String, { nullable: true, description: 'Of the grain GROUP: the products that it sums up.' })
  public productGroup: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Of the grain COUNTRY: where the sites are that it sums up.',
  })
  public country: string | null;

  @Field(() => String)
  public label: string;
}

export const SeriesConnectionModel = connectionType(SeriesModel, 'Series');

import { Field, Float, InputType, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type {
  TopicAboutRow,
  TopicBurstRow,
  TopicPeriodRow,
  TopicRow,
  TopicTrendRow,
  TopicWindow,
} from '@tallyhouse/nlp';
import { DateTimeScalar } from '../shared/scalars/index.js';
import { TextFilterInput } from './text.input.js';

export const TrendFrequencyEnum = { DAILY: 'DAILY', WEEKLY: 'WEEKLY', MONTHLY: 'MONTHLY' } as const;
registerEnumType(TrendFrequencyEnum, { name: 'TrendFrequency', description: 'Length of a period, in UTC.' });

@InputType('TopicWindow', { description: 'Over which time and texts topics are looked at.' })
export class TopicWindowInput implements Omit<TopicWindow, 'filter'> {
  @Field(() => TrendFrequencyEnum, { defaultValue: 'MONTHLY' })
  public frequency: TopicWindow['frequency'];

  @Field(() => DateTimeScalar)
  public from: Date;

  @Field(() => DateTimeScalar, { description: 'Exclusive; at most 2,000 periods after from.' })
  public to: Date;

  @Field(() => TextFilterInput, { nullable: true, description: 'Its from and to are left out of account.' })
  public filter?: TextFilterInput | null;
}

@ObjectType('TopicPeriod')
export class TopicPeriodModel implements TopicPeriodRow {
  @Field(() => DateTimeScalar)
  public periodStart: Date;

  @Field(() => Int, { description: 'Texts of the topic.' })
  public count: number;

  @Field(() => Int, { description: 'Texts of all topics.' })
  public total: number;

  @Field(() => Float)
  public share: number;
}

@ObjectType('TopicBurst', { description: 'A stretch in which a topic was spoken of significantly more.' })
export class TopicBurstModel implements TopicBurstRow {
  @Field(() => DateTimeScalar, { description: 'Start of the first period.' })
  public from: Date;

  @Field(() => DateTimeScalar, { description: 'Start of the last period.' })
  public to: Date;

  @Field(() => Int)
  public count: number;

  @Field(() => Int)
  public total: number;

  @Field(() => Float, { description: 'Share outside of bursts.' })
  public baseShare: number;

  @Field(() => Float, { description: "Kleinberg's weight, in nats." })
  public weight: number;

  @Field(() => Float, { description: 'Corrected for all stretches that were looked at.' })
  public pValue: number;

  @Field(() => Float, { description: 'Benjamini–Hochberg over all topics; at most 0.05 here.' })
  public qValue: number;

  @Field(() => Boolean, { description: 'The topic was hardly spoken of before.' })
  public emerging: boolean;
}

@ObjectType('TopicAbout')
export class TopicAboutModel implements TopicAboutRow {
  @Field(() => String)
  public role: string;

  @Field(() => String)
  public uri: string;

  @Field(() => Int)
  public count: number;
}

@ObjectType('Topic', { description: 'Texts that speak of one thing, and how that develops.' })
export class TopicModel implements TopicRow {
  @Field(() => Int, { description: 'Until topics are found again.' })
  public number: number;

  @Field(() => String, { description: 'The three terms that tell it from the others.' })
  public name: string;

  @Field(() => [String])
  public terms: readonly string[];

  @Field(() => Int, { description: 'Texts in the window.' })
  public count: number;

  @Field(() => Float)
  public share: number;

  @Field(() => [TopicPeriodModel], { description: 'Oldest first, without gaps.' })
  public periods: readonly TopicPeriodRow[];

  @Field(() => [TopicBurstModel])
  public bursts: readonly TopicBurstRow[];

  @Field(() => [DateTimeScalar], { description: 'From when on its share is another.' })
  public changes: readonly Date[];

  @Field(() => [TopicAboutModel], { description: 'Products, sites and partners most spoken of with it.' })
  public about: readonly TopicAboutRow[];
}

@ObjectType('TopicTrend', {
  description: 'A significant burst of a topic, or of several topics that belong together.',
})
export class TopicTrendModel implements TopicTrendRow {
  @Field(() => Int, { description: 'The largest of them.' })
  public topic: number;

  @Field(() => [Int], { description: 'All of them, the largest first.' })
  public topics: readonly number[];

  @Field(() => String, { description: 'Names of the two largest.' })
  public name: string;

  @Field(() => TopicBurstModel)
  public burst: TopicBurstRow;
}

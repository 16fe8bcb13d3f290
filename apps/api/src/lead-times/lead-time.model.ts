import { ArgsType, Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import type { LaneLeadTimeRow, LeadTimeFilter, LeadTimeRow } from '@tallyhouse/forecasting';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

@ObjectType('ArrivalQuantile')
export class ArrivalQuantileModel {
  @Field(() => Float, { description: 'In (0, 1).' })
  public level: number;

  @Field(() => Float, { description: 'Days after the promised day; early ones are negative.' })
  public days: number;
}

@ObjectType('LaneLeadTime', { description: 'What to expect of a delivery promised for 30 days from now.' })
export class LaneLeadTimeModel implements LaneLeadTimeRow {
  @Field(() => String)
  public country: string;

  @Field(() => String, { description: 'Mode of shipment.' })
  public mode: string;

  @Field(() => String)
  public supplier: string;

  @Field(() => Int, { description: 'Deliveries that are known.' })
  public deliveries: number;

  @Field(() => Float, { description: 'Share of them that came a day or more late.' })
  public lateShare: number;

  @Field(() => Float, { description: 'Probability that the next comes late.' })
  public lateProbability: number;

  @Field(() => [ArrivalQuantileModel], { description: 'When it comes, by level, ascending.' })
  public arrival: readonly ArrivalQuantileModel[];
}

@ObjectType('LeadTime', {
  description:
    'Lateness and arrival of deliveries, by anchored receiving events that say for when they were promised, and how well lateness was told.',
})
export class LeadTimeModel implements LeadTimeRow {
  @Field(() => DateTimeScalar, { description: 'No outcome written down from then on was known.' })
  public asOf: Date;

  @Field(() => BigIntScalar)
  public asOfBlock: string;

  @Field(() => HexScalar, { description: 'SHA-256 of the deliveries.' })
  public dataSha256: string;

  @Field(() => HexScalar, {
    nullable: true,
    description:
      'SHA-256 of the file of the version that told it; null before a vote, when trees are grown anew from all that is known.',
  })
  public artifactSha256: string | null;

  @Field(() => HexScalar, {
    nullable: true,
    description: 'That version of the family lead-time; null before a vote.',
  })
  public versionId: string | null;

  @Field(() => ID, {
    nullable: true,
    description:
      'The proposal that first put that version in force; null before a vote, and for one that a Tallyhouse began with.',
  })
  public proposalId: string | null;

  @Field(() => Boolean, {
    description:
      'The figures are of the version itself, on deliveries asked about since it was learned, 200 or more; otherwise of its method, learned anew from what was known a year before.',
  })
  public isVersionTested: boolean;

  @Field(() => Int)
  public deliveries: number;

  @Field(() => Int, { description: 'Deliveries of the last year that the figures below are about.' })
  public tested: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Chance that a late delivery got a larger probability than a punctual one.',
  })
  public auc: number | null;

  @Field(() => Float, { description: 'Mean squared error of the probability.' })
  public brier: number;

  @Field(() => Float, { description: 'Mean distance between stated and observed share, over ten groups.' })
  public calibrationError: number;

  @Field(() => Float, { nullable: true, description: "Of the lane's own rate." })
  public laneAuc: number | null;

  @Field(() => Float, { description: "Of the lane's own rate." })
  public laneBrier: number;

  @Field(() => Float, { description: "Of the lane's own rate." })
  public laneCalibrationError: number;

  @Field(() => Float, {
    description: 'Share of arrivals between the 10 and the 90 % quantile; 0.8 is meant.',
  })
  public coverage80: number;

  @Field(() => [LaneLeadTimeModel], { description: 'Those with most deliveries first.' })
  public lanes: readonly LaneLeadTimeModel[];
}

@ArgsType()
export class LeadTimeArgs implements LeadTimeFilter {
  @Field(() => String, { nullable: true, description: 'As events have it in tally:country.' })
  public country?: string | null;

  @Field(() => String, { nullable: true, description: 'As events have it in tally:shipmentMode.' })
  public mode?: string | null;

  @Field(() => String, { nullable: true, description: 'As events have it in tally:vendor.' })
  public supplier?: string | null;

  @Field(() => Int, { defaultValue: 20, description: 'Combinations to list, 1 to 200.' })
  public first: number;
}

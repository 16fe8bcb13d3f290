import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { AnomalyLevelRow, AnomalyRow } from '@tallyhouse/anomalies';
import { connectionType } from '../shared/relay/connection.js';
import { BigIntScalar, DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

export const AnomalyVerdictEnum = { REAL: 'REAL', NOT_REAL: 'NOT_REAL' } as const;
registerEnumType(AnomalyVerdictEnum, {
  name: 'AnomalyVerdict',
  description: 'What people say of a reported anomaly: something was the matter, or nothing was.',
});

@ObjectType('Anomaly', {
  description: 'A value of a series that stands out, judged by the values before it.',
})
export class AnomalyModel implements AnomalyRow {
  @Field(() => ID)
  public id: string;

  @Field(() => ID)
  public seriesId: string;

  @Field(() => DateTimeScalar)
  public periodStart: Date;

  @Field(() => Float)
  public value: number;

  @Field(() => Float, { nullable: true, description: 'What would have been usual.' })
  public expected: number | null;

  @Field(() => Float, { description: 'Probability of a value this strange, by the past of the series.' })
  public pValue: number;

  @Field(() => Float, {
    description:
      'The false discovery rate at which it would just be reported, among all series of its period.',
  })
  public qValue: number;

  @Field(() => String, { description: 'The detector that was most surprised.' })
  public detector: AnomalyRow['detector'];

  @Field(() => String, { description: 'What is strange, in a sentence.' })
  public explanation: string;

  @Field(() => DateTimeScalar, { description: 'Start of the periods that show it.' })
  public windowStart: Date;

  @Field(() => DateTimeScalar, { description: 'End of the periods that show it, exclusive.' })
  public windowEnd: Date;

  @Field(() => HexScalar, { description: 'SHA-256 of the parameters of the detectors that judged.' })
  public modelVersion: string;

  @Field(() => BigIntScalar, { description: 'Last indexed block when it was found.' })
  public asOfBlock: string;

  @Field(() => AnomalyVerdictEnum, { nullable: true, description: 'The last verdict that anybody gave.' })
  public verdict: AnomalyRow['verdict'];
}

export const AnomalyConnectionModel = connectionType(AnomalyModel, 'Anomaly');

@ObjectType('AnomalyLevel', {
  description: 'The false discovery rate that anomalies are reported at, and the labels that set it.',
})
export class AnomalyLevelModel implements AnomalyLevelRow {
  @Field(() => Float)
  public level: number;

  @Field(() => Int)
  public labelsReal: number;

  @Field(() => Int)
  public labelsNotReal: number;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null before the first label.' })
  public setAt: Date | null;
}

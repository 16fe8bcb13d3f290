import { Field, Float, ID, InputType } from '@nestjs/graphql';
import type { AnomalyFilter, AnomalyLabel } from '@tallyhouse/anomalies';
import { HexScalar } from '../shared/scalars/index.js';
import { AnomalySourceEnum, AnomalyVerdictEnum } from './anomaly.model.js';

@InputType('AnomalyFilter', { description: 'Which anomalies; every given field must match.' })
export class AnomalyFilterInput implements AnomalyFilter {
  @Field(() => ID, { nullable: true })
  public seriesId?: string | null;

  @Field(() => ID, { nullable: true })
  public streamId?: string | null;

  @Field(() => AnomalySourceEnum, { nullable: true })
  public source?: AnomalyFilter['source'];

  @Field(() => HexScalar, { nullable: true })
  public partner?: string | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Series and events up to this false discovery rate, at most 0.25; without it the level in force. Readings have none and stay.',
  })
  public level?: number | null;

  @Field(() => AnomalyVerdictEnum, { nullable: true })
  public verdict?: AnomalyFilter['verdict'];
}

@InputType('AnomalyLabel', { description: 'What the partner says of an anomaly.' })
export class AnomalyLabelInput implements AnomalyLabel {
  @Field(() => AnomalyVerdictEnum)
  public verdict: AnomalyLabel['verdict'];

  @Field(() => String, { nullable: true, description: 'At most 500 characters.' })
  public comment?: string | null;
}

import { Field, Float, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { LossWindowRow, ModelDriftRow } from '@tallyhouse/forecasting';
import { DateTimeScalar } from '../shared/scalars/index.js';

export const DriftStateEnum = { STEADY: 'STEADY', BEHIND: 'BEHIND', AHEAD: 'AHEAD' } as const;
registerEnumType(DriftStateEnum, {
  name: 'DriftState',
  description: 'What the track record of a model says of it beside the seasonal naive.',
  valuesMap: {
    STEADY: { description: 'Neither is shown to be better.' },
    BEHIND: { description: 'The model has become worse than the baseline.' },
    AHEAD: { description: 'The model is better.' },
  },
});

@ObjectType('LossWindow', {
  description:
    'How a model and its baseline did on one period: the last forecasts that were committed before it.',
})
export class LossWindowModel implements LossWindowRow {
  @Field(() => DateTimeScalar)
  public targetStart: Date;

  @Field(() => Int, { description: 'Series whose outcome is known.' })
  public series: number;

  @Field(() => Float, { description: 'Mean absolute error, in units.' })
  public modelError: number;

  @Field(() => Float, {
    description: 'Mean absolute error of the seasonal naive on the same series, in units.',
  })
  public baselineError: number;

  @Field(() => Float, {
    description:
      'Mean over series of (model − baseline) / (model + baseline) of their errors: -1 to 1, above 0 where the model lost more.',
  })
  public difference: number;
}

@ObjectType('ModelDrift', {
  description: 'A model beside its baseline, by committed forecasts whose outcome is known.',
})
export class ModelDriftModel implements ModelDriftRow {
  @Field(() => ID)
  public versionId: string;

  @Field(() => DriftStateEnum)
  public state: ModelDriftRow['state'];

  @Field(() => DateTimeScalar, { nullable: true, description: 'The period at which the state was reached.' })
  public since: Date | null;

  @Field(() => Float, {
    description: 'How strongly the record says that the model loses more; 1 to begin with.',
  })
  public evidenceBehind: number;

  @Field(() => Float)
  public evidenceAhead: number;

  @Field(() => Float, { description: 'What either must reach.' })
  public evidenceNeeded: number;

  @Field(() => Float, {
    description: 'Chance at most that a model no worse than its baseline is ever called BEHIND.',
  })
  public falseAlarmRate: number;

  @Field(() => Int, { description: 'Periods of the whole record.' })
  public windowCount: number;

  @Field(() => [LossWindowModel], { description: 'The last of them, oldest first.' })
  public windows: readonly LossWindowModel[];
}

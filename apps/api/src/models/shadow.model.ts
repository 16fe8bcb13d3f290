import { Field, Float, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { BesideRow, PairedDifference } from '@tallyhouse/forecasting';
import type { ShadowStandingRow } from '@tallyhouse/model-registry';
import { DateTimeScalar, HexScalar } from '../shared/scalars/index.js';
import { VerdictEnum } from './model-diff.model.js';

export const ShadowStateEnum = { RUNS: 'RUNS', WAITS: 'WAITS', REFUSED: 'REFUSED', ENDED: 'ENDED' } as const;
registerEnumType(ShadowStateEnum, {
  name: 'ShadowState',
  description:
    'It forecasts beside what runs; others of the family have their turn first; it cannot, and `reason` says why; it is over.',
});

@ObjectType('ShadowBeside', { description: 'What was in force, on the forecasts that the version made too.' })
export class ShadowBesideModel implements BesideRow {
  @Field(() => [HexScalar], { description: 'The versions that were in force meanwhile.' })
  public versionIds: readonly string[];

  @Field(() => Int, { description: 'Forecasts of one period from the same data, both scored.' })
  public pairs: number;

  @Field(() => Float, { nullable: true })
  public mase: number | null;

  @Field(() => Float, { description: 'Percent, 0 to 200.' })
  public meanSmape: number;

  @Field(() => Float, { description: 'Share of outcomes inside the 80 % interval.' })
  public coverage80: number;
}

@ObjectType('ShadowDifference', {
  description:
    'An error of the version less that of what was in force, on the same forecasts; less is better.',
})
export class ShadowDifferenceModel implements PairedDifference {
  @Field(() => String, { description: 'mase or smape.' })
  public measure: PairedDifference['measure'];

  @Field(() => Int)
  public series: number;

  @Field(() => Float)
  public candidate: number;

  @Field(() => Float)
  public running: number;

  @Field(() => Float)
  public difference: number;

  @Field(() => Float, { nullable: true, description: 'Of fewer than five series there is no interval.' })
  public low: number | null;

  @Field(() => Float, { nullable: true })
  public high: number | null;

  @Field(() => VerdictEnum)
  public verdict: PairedDifference['verdict'];
}

@ObjectType('ModelShadow', {
  description:
    'What a version forecast before it was in force: on live series, fixed on chain before the outcome, never shown as the forecast.',
})
export class ModelShadowModel {
  public versionId: string;

  @Field(() => ShadowStateEnum, { nullable: true, description: 'Null where no worker follows candidates.' })
  public state: ShadowStandingRow['state'] | null;

  @Field(() => String, { nullable: true, description: 'Why it does not run.' })
  public reason: string | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Block time of its first commitment.' })
  public since: Date | null;

  @Field(() => Int, { description: 'Runs whose root is on chain.' })
  public runs: number;

  @Field(() => Int, { description: 'Forecasts whose outcome is known.' })
  public scored: number;

  @Field(() => Int, { description: 'Moments as of which those were made.' })
  public origins: number;

  @Field(() => Float, {
    nullable: true,
    description: 'Mean absolute error over that of the seasonal naive in the history known then.',
  })
  public mase: number | null;

  @Field(() => Float, { nullable: true, description: 'Percent, 0 to 200.' })
  public meanSmape: number | null;

  @Field(() => Float, { nullable: true, description: 'Share of outcomes inside the 80 % interval.' })
  public coverage80: number | null;

  @Field(() => Float, { nullable: true, description: 'How long its last run took.' })
  public lastRunSeconds: number | null;
}

import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import type { ShardProgressRow } from '@tallyhouse/forecasting';
import { DateTimeScalar, HexScalar } from '../shared/scalars/index.js';

export const ShardPhaseEnum = {
  WAITING: 'WAITING',
  FORECASTING: 'FORECASTING',
  SETTLING: 'SETTLING',
  WRITING: 'WRITING',
  CLOSING: 'CLOSING',
  STORED: 'STORED',
  KNOWN: 'KNOWN',
  ABANDONED: 'ABANDONED',
} as const;
registerEnumType(ShardPhaseEnum, {
  name: 'ForecastPhase',
  description: 'What a run over many series is doing, or how it ended.',
  valuesMap: {
    WAITING: { description: 'It is of a candidate; the runs of versions in force come first.' },
    FORECASTING: { description: 'Workers fit the model to shards of the series.' },
    SETTLING: { description: 'Sums and parts are brought together.' },
    WRITING: { description: 'Workers store the forecasts, shard by shard.' },
    CLOSING: { description: 'The root over all forecasts is made.' },
    STORED: { description: 'The run is there.' },
    KNOWN: { description: 'Nothing was made: a run of the same data was there.' },
    ABANDONED: { description: 'Given up; `reason` says why.' },
  },
});

@ObjectType('ForecastProgress', {
  description: 'A run that all workers make together, in shards of the series.',
})
export class ShardProgressModel implements ShardProgressRow {
  @Field(() => ID, { description: 'The id that the run has once it is stored.' })
  public runId: string;

  @Field(() => String)
  public family: string;

  @Field(() => HexScalar)
  public versionId: string;

  @Field(() => String)
  public frequency: string;

  @Field(() => Boolean, { description: 'By a candidate, beside the version in force.' })
  public isShadow: boolean;

  @Field(() => DateTimeScalar, { description: 'A run that is not whole by then is given up.' })
  public firstTarget: Date;

  @Field(() => ShardPhaseEnum)
  public phase: ShardProgressRow['phase'];

  @Field(() => Int)
  public series: number;

  @Field(() => Int)
  public shards: number;

  @Field(() => Int)
  public shardsForecast: number;

  @Field(() => Int)
  public shardsWritten: number;

  @Field(() => Int, { description: 'Shards that were begun again: a worker had stopped or failed.' })
  public retries: number;

  @Field(() => DateTimeScalar)
  public plannedAt: Date;

  @Field(() => DateTimeScalar, { nullable: true })
  public finishedAt: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the phase is expected to end, at the pace of the shards done last.',
  })
  public phaseExpectedAt: Date | null;

  @Field(() => DateTimeScalar, {
    nullable: true,
    description: 'When the run is expected to be stored; phases to come as the run before took them.',
  })
  public expectedAt: Date | null;

  @Field(() => String, { nullable: true })
  public reason: string | null;
}

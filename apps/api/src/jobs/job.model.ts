import { Field, ID, Int, ObjectType, registerEnumType } from '@nestjs/graphql';
import { QUEUES, type QueueName, type StageFailureRow, type StageRow } from '@tallyhouse/jobs';
import { connectionType } from '../shared/relay/connection.js';
import { DateTimeScalar } from '../shared/scalars/index.js';

export const JobNameEnum = Object.fromEntries(
  QUEUES.map((name) => [name.replaceAll(/[A-Z]/g, '_$&').toUpperCase(), name]),
) as Readonly<Record<string, QueueName>>;
registerEnumType(JobNameEnum, {
  name: 'JobName',
  description: 'A stage of the loop; docs/operations.md says what each does.',
});

export const JobStateEnum = {
  NEVER_RAN: 'NEVER_RAN',
  WAITING: 'WAITING',
  RUNNING: 'RUNNING',
  FAILING: 'FAILING',
} as const;
registerEnumType(JobStateEnum, {
  name: 'JobState',
  valuesMap: {
    NEVER_RAN: { description: 'No worker has run it yet.' },
    WAITING: { description: 'It succeeded last, and waits for its next turn.' },
    RUNNING: { description: 'A worker is at it.' },
    FAILING: { description: 'It failed last, and is tried again with growing pauses.' },
  },
});

@ObjectType('Job', { description: 'How a stage of the loop goes, in all workers together.' })
export class JobModel implements Omit<StageRow, 'stage'> {
  @Field(() => JobNameEnum, { name: 'name' })
  public stage: QueueName;

  @Field(() => DateTimeScalar, { nullable: true })
  public runningSince: Date | null;

  @Field(() => DateTimeScalar, { nullable: true })
  public lastSucceededAt: Date | null;

  @Field(() => Int, { nullable: true, description: 'Milliseconds that it took when it last succeeded.' })
  public lastDurationMs: number | null;

  @Field(() => DateTimeScalar, { nullable: true, description: 'Null when it succeeded last, or never ran.' })
  public failingSince: Date | null;

  @Field(() => Int, { description: 'How often it failed in a row.' })
  public failures: number;
}

@ObjectType('JobFailure', {
  description: 'An error that a stage ended with; the same error in a row is one.',
})
export class JobFailureModel implements Omit<StageFailureRow, 'stage'> {
  @Field(() => ID)
  public id: string;

  @Field(() => JobNameEnum, { name: 'name' })
  public stage: QueueName;

  @Field(() => String)
  public error: string;

  @Field(() => DateTimeScalar)
  public firstFailedAt: Date;

  @Field(() => DateTimeScalar)
  public lastFailedAt: Date;

  @Field(() => Int)
  public times: number;

  @Field(() => Boolean, { description: 'Whether a job used up its attempts with it.' })
  public givenUp: boolean;

  @Field(() => DateTimeScalar, { nullable: true, description: 'When the stage succeeded again.' })
  public resolvedAt: Date | null;
}

export const JobFailureConnectionModel = connectionType(JobFailureModel, 'JobFailure');

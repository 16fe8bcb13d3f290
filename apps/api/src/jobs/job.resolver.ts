import { UseGuards } from '@nestjs/common';
import { Args, Context, Mutation, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { StageReader, type QueueName, type StageFailureRow, type StageRow } from '@tallyhouse/jobs';
import { connectionOf, type Connection } from '../shared/relay/connection.js';
import { PageArgs } from '../shared/relay/page.args.js';
import type { RequestContext } from '../shared/request/request-context.js';
import { JobDesk } from './job-desk.js';
import { JobFailureConnectionModel, JobModel, JobNameEnum, JobStateEnum } from './job.model.js';
import { OperatorGuard } from './operator.guard.js';

/** How the stages go is for everybody to see; what they failed with may tell of a partner's data and is not. */
@Resolver(() => JobModel)
export class JobResolver {
  public constructor(
    private readonly stages: StageReader,
    private readonly desk: JobDesk,
    private readonly operators: OperatorGuard,
  ) {}

  @Query(() => [JobModel], { complexity: 20, description: 'Every stage, in the order of the loop.' })
  public jobs(): Promise<StageRow[]> {
    return this.stages.stages();
  }

  @Query(() => Boolean, { description: 'Whether who asks may see failures and ask for jobs again.' })
  public mayRetryJobs(@Context() context: RequestContext): Promise<boolean> {
    return this.operators.admits(context);
  }

  @UseGuards(OperatorGuard)
  @Query(() => JobFailureConnectionModel, {
    description: 'For operators: what stages failed with, newest first.',
  })
  public jobFailures(
    @Args({ type: () => PageArgs }) { first, after }: PageArgs,
    @Args('name', { type: () => JobNameEnum, nullable: true }) name: QueueName | null,
  ): Promise<Connection<StageFailureRow>> {
    return connectionOf(this.stages.failures(name, { first, after: after ?? null }));
  }

  @UseGuards(OperatorGuard)
  @Mutation(() => Boolean, {
    complexity: 50,
    description: 'For operators: a stage runs now. Asking twice changes nothing; a worker has to be up.',
  })
  public retryJob(@Args('name', { type: () => JobNameEnum }) name: QueueName): Promise<boolean> {
    return this.desk.run(name);
  }

  @ResolveField(() => JobStateEnum)
  public state(
    @Parent() { runningSince, failingSince, lastSucceededAt }: StageRow,
  ): keyof typeof JobStateEnum {
    if (runningSince) return 'RUNNING';
    if (failingSince) return 'FAILING';
    return lastSucceededAt ? 'WAITING' : 'NEVER_RAN';
  }
}

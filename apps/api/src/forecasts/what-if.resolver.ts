import { UseGuards } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { NeedsScope } from '../access/needs-scope.decorator.js';
import { ApiKeyGuard } from '../capture/api-key.guard.js';
import type { RequestContext } from '../shared/request/request-context.js';
import {
  CovariateModel,
  CovariatesSaidModel,
  CovariateStatementInput,
  WhatIfInput,
  WhatIfModel,
} from './what-if.model.js';
import { CovariateDesk } from './covariate-desk.js';
import { WhatIfDesk } from './what-if-desk.js';

/** What partners plan, and what would be if they planned something else. */
@Resolver(() => WhatIfModel)
export class WhatIfResolver {
  public constructor(
    private readonly desk: WhatIfDesk,
    private readonly covariates: CovariateDesk,
  ) {}

  @Query(() => WhatIfModel, {
    nullable: true,
    complexity: 500,
    description:
      'What would be needed at another price, or with a promotion. Null where the series is not there or ended too long ago.',
  })
  public whatIf(@Args('input', { type: () => WhatIfInput }) input: WhatIfInput): Promise<WhatIfModel | null> {
    return this.desk.ask(input);
  }

  @Query(() => [CovariateModel], {
    complexity: 50,
    description:
      'What the version in force takes beside the values; empty where it takes nothing, or its file cannot be had.',
  })
  public covariatesTaken(): Promise<CovariateModel[]> {
    return this.desk.taken();
  }

  @NeedsScope('capture')
  @UseGuards(ApiKeyGuard)
  @Mutation(() => CovariatesSaidModel, {
    complexity: 100,
    description:
      'Keeps what a partner says of prices, promotions and the like: at most 1,000 statements, all of them or none.',
  })
  public sayCovariates(
    @Args('statements', { type: () => [CovariateStatementInput] }) statements: CovariateStatementInput[],
    @Context() { partner }: RequestContext,
  ): Promise<CovariatesSaidModel> {
    return this.covariates.keep(partner!, statements);
  }
}

import { UseGuards } from '@nestjs/common';
import { Args, Context, Mutation, Query, Resolver } from '@nestjs/graphql';
import { NeedsScope } from '../access/needs-scope.decorator.js';
import { ApiKeyGuard } from '../capture/api-key.guard.js';
import type { RequestContext } from '../shared/request/request-context.js';
import {
  CovariatesSaidModel,
  CovariateStatementInput,
  WhatIfInput,
  WhatIfModel,
  WhatIfVersionModel,
} from './what-if.model.js';
import { AskedVersions } from './asked-versions.js';
import { CovariateDesk } from './covariate-desk.js';
import { WhatIfDesk } from './what-if-desk.js';

/** What partners plan, and what would be if they planned something else. */
@Resolver(() => WhatIfModel)
export class WhatIfResolver {
  public constructor(
    private readonly desk: WhatIfDesk,
    private readonly covariates: CovariateDesk,
    private readonly versions: AskedVersions,
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

  @Query(() => [WhatIfVersionModel], {
    complexity: 100,
    description:
      'The versions that can be asked what if, and what each takes: what runs first, then candidates and earlier ones, the newest first, among the last 20. Empty where none takes anything, or no file can be had.',
  })
  public whatIfVersions(): Promise<WhatIfVersionModel[]> {
    return this.versions.list();
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

import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { Gate } from '../access/gate.js';
import { scopesNeeded } from '../access/needs-scope.decorator.js';
import type { RequestContext } from '../shared/request/request-context.js';

/** Lets in who acts for a partner and notes in the request's context for whom. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  public constructor(private readonly gate: Gate) {}

  public async canActivate(execution: ExecutionContext): Promise<boolean> {
    const context = GqlExecutionContext.create(execution).getContext<RequestContext>();
    const access = await this.gate.admit((name) => context.header(name), scopesNeeded(execution));
    context.access = access;
    context.partner = access.partner;
    return true;
  }
}

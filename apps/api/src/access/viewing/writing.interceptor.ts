import type { CallHandler, ExecutionContext, NestInterceptor } from '@nestjs/common';
import { GqlExecutionContext, type GqlContextType } from '@nestjs/graphql';
import { asWriter } from '@tallyhouse/database';
import type { GraphQLResolveInfo } from 'graphql';
import type { Observable } from 'rxjs';
import type { RequestContext } from '../../shared/request/request-context.js';
import { noteField } from './viewing.middleware.js';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);

/** What changes something may write, in the name of the request's viewer; everything else may not. */
export class WritingInterceptor implements NestInterceptor {
  public intercept(execution: ExecutionContext, next: CallHandler): Observable<unknown> {
    return writes(execution) ? asWriter(() => next.handle()) : next.handle();
  }
}

function writes(execution: ExecutionContext): boolean {
  if (execution.getType<GqlContextType>() !== 'graphql')
    return !READING.has(execution.switchToHttp().getRequest<{ method: string }>().method);
  const graphql = GqlExecutionContext.create(execution);
  const { parentType, fieldName } = graphql.getInfo<GraphQLResolveInfo>();
  noteField(graphql.getContext<RequestContext>().req, fieldName);
  return parentType.name === 'Mutation';
}

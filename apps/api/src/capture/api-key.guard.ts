import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { PartnerReader } from '@tallyhouse/supply-chain';
import { UnauthenticatedError } from '../shared/errors/api.errors.js';
import type { RequestContext } from '../shared/request/request-context.js';

const HEADER = 'x-api-key';
const MAX_KEY_LENGTH = 256;

/** Lets partners in by API key and notes in the request's context whose key it was. */
@Injectable()
export class ApiKeyGuard implements CanActivate {
  public constructor(private readonly partners: PartnerReader) {}

  public async canActivate(execution: ExecutionContext): Promise<boolean> {
    const context = GqlExecutionContext.create(execution).getContext<RequestContext>();
    const key = context.header(HEADER);
    const known = key !== undefined && key.length <= MAX_KEY_LENGTH;
    const partner = known ? await this.partners.ofKey(key) : undefined;
    if (partner === undefined) {
      throw new UnauthenticatedError(`send a partner's API key in the header ${HEADER}`);
    }
    context.partner = partner;
    return true;
  }
}

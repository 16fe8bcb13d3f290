import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { PartnerReader } from '@tallyhouse/supply-chain';
import type { Request } from 'express';
import { ProblemError } from './problems.js';

const HEADER = 'x-api-key';
const MAX_KEY_LENGTH = 256;
const partners = new WeakMap<Request, string>();

/** Lets partners in by API key and remembers whose key it was. */
@Injectable()
export class PartnerKeyGuard implements CanActivate {
  public constructor(private readonly reader: PartnerReader) {}

  public async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = execution.switchToHttp().getRequest<Request>();
    const key = request.get(HEADER);
    const known = key !== undefined && key.length <= MAX_KEY_LENGTH;
    const partner = known ? await this.reader.ofKey(key) : undefined;
    if (partner === undefined) {
      throw new ProblemError('SecurityException', `send a partner's API key in the header ${HEADER}`);
    }
    partners.set(request, partner.toLowerCase());
    return true;
  }
}

/** Address of the partner behind a guarded request, lower case. */
export function partnerOf(request: Request): string {
  const partner = partners.get(request);
  if (partner === undefined) throw new Error('the address is not guarded');
  return partner;
}

import { Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { Gate } from '../access/gate.js';
import { scopesNeeded } from '../access/needs-scope.decorator.js';

const partners = new WeakMap<Request, string>();

/** Lets in who acts for a partner and remembers for whom. */
@Injectable()
export class PartnerKeyGuard implements CanActivate {
  public constructor(private readonly gate: Gate) {}

  public async canActivate(execution: ExecutionContext): Promise<boolean> {
    const request = execution.switchToHttp().getRequest<Request>();
    const { partner } = await this.gate.admit((name) => request.get(name), scopesNeeded(execution));
    partners.set(request, partner);
    return true;
  }
}

/** Address of the partner behind a guarded request, lower case. */
export function partnerOf(request: Request): string {
  const partner = partners.get(request);
  if (partner === undefined) throw new Error('the address is not guarded');
  return partner;
}

import { Controller, Delete, Get, Header, HttpCode, Inject, Param, Req, UseFilters } from '@nestjs/common';
import type { Deployment } from '@tallyhouse/chain';
import { ProcessClock } from '@tallyhouse/database';
import { IdentityError, RoleReader, SessionRepository } from '@tallyhouse/identity';
import type { Request } from 'express';
import { DEPLOYMENT } from '../shared/http/deployment.provider.js';
import { AuthFilter } from './auth.filter.js';
import { AuthRequests } from './auth-requests.js';

/** Sessions of who is signed in. */
@Controller('auth')
@UseFilters(AuthFilter)
export class SessionsController {
  public constructor(
    @Inject(DEPLOYMENT) private readonly deployment: Deployment,
    private readonly requests: AuthRequests,
    private readonly sessions: SessionRepository,
    private readonly roles: RoleReader,
    private readonly clock: ProcessClock,
  ) {}

  /** Who is signed in, and what they are on chain. */
  @Get('session')
  @Header('Cache-Control', 'no-store')
  public async session(@Req() request: Request): Promise<object> {
    const session = await this.requests.session(request);
    return { session, roles: await this.roles.of(session.address, this.deployment.chainId) };
  }

  /** Ends one of the account's sessions, on whatever device. */
  @Delete('sessions/:id')
  @HttpCode(204)
  public async end(@Req() request: Request, @Param('id') id: string): Promise<void> {
    const { address } = await this.requests.session(request);
    if (await this.sessions.end(address, id, this.clock.now())) return;
    throw new IdentityError('SESSION_UNKNOWN', 'id: this account has no such session that goes on');
  }
}

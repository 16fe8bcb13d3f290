import { Inject, Injectable } from '@nestjs/common';
import type { Deployment } from '@tallyhouse/chain';
import { anonymous, ProcessClock, type Scope, type Viewer } from '@tallyhouse/database';
import { IdentityError, ViewerReader } from '@tallyhouse/identity';
import { DEPLOYMENT } from '../../shared/http/deployment.provider.js';
import { SessionGate, type Credentials } from '../session-gate.js';

/** Scopes of requests: whoever reads, reads as who the request says it is. */
@Injectable()
export class Viewings {
  public constructor(
    private readonly sessions: SessionGate,
    private readonly viewers: ViewerReader,
    @Inject(DEPLOYMENT) private readonly deployment: Deployment,
    private readonly clock: ProcessClock,
  ) {}

  /** A scope whose viewer is looked for once, when something is read. */
  public of(credentials: Credentials, operation: () => string): Omit<Scope, 'role'> {
    let found: Promise<Viewer> | undefined;
    return { operation, viewer: () => (found ??= this.find(credentials)) };
  }

  /** A scope of a socket, whose viewer is looked for at each reading: a session or a grant may have ended since the one before. */
  public live(credentials: Credentials, operation: () => string): Omit<Scope, 'role'> {
    return { operation, viewer: () => this.find(credentials) };
  }

  private async find(credentials: Credentials): Promise<Viewer> {
    const now = this.clock.now();
    const key = credentials('x-api-key');
    if (key !== undefined) return this.viewers.ofKey(key, now);
    const address = await this.signedIn(credentials, now);
    return address === undefined ? anonymous : this.viewers.ofAccount(address, this.deployment.chainId);
  }

  /** A session that has ended is nobody's; operations that need one say so themselves. */
  private async signedIn(credentials: Credentials, now: Date): Promise<string | undefined> {
    try {
      return (await this.sessions.find(credentials, now))?.address;
    } catch (error) {
      if (error instanceof IdentityError) return undefined;
      throw error;
    }
  }
}

import { Inject, Injectable } from '@nestjs/common';
import type { Deployment } from '@tallyhouse/chain';
import { ProcessClock } from '@tallyhouse/database';
import {
  ApiKeyReader,
  IdentityError,
  KEY_SCOPES,
  requireScopes,
  RoleReader,
  type KeyScope,
} from '@tallyhouse/identity';
import { DEPLOYMENT } from '../shared/http/deployment.provider.js';
import { SessionGate, type Credentials } from './session-gate.js';

/** Who may act for a partner in a request. */
export interface Access {
  /** Address of the partner, lower case. */
  readonly partner: string;
  readonly scopes: readonly KeyScope[];
}

/** The one way in for who acts for a partner, by GraphQL and by REST: a machine with a key, or the partner's wallet. */
@Injectable()
export class Gate {
  public constructor(
    private readonly keys: ApiKeyReader,
    private readonly sessions: SessionGate,
    private readonly roles: RoleReader,
    @Inject(DEPLOYMENT) private readonly deployment: Deployment,
    private readonly clock: ProcessClock,
  ) {}

  /** @throws IdentityError why the request is not let in, and what to do about it */
  public async admit(credentials: Credentials, needed: readonly KeyScope[]): Promise<Access> {
    const now = this.clock.now();
    const key = credentials('x-api-key');
    const session = key === undefined ? await this.sessions.find(credentials, now) : undefined;
    if (session) return this.asPartner(session.address);
    const { partner, scopes } = await this.keys.known(key, now);
    requireScopes(scopes, needed);
    return { partner, scopes };
  }

  /** What the chain says is asked at each request: a partner that was removed is out with the block that removed it. */
  private async asPartner(address: string): Promise<Access> {
    const { partner, asOf } = await this.roles.of(address, this.deployment.chainId);
    if (partner) return { partner: partner.address, scopes: KEY_SCOPES };
    throw new IdentityError(
      'ROLE_MISSING',
      `${address} is no registered partner as of block ${asOf?.blockNumber ?? 'none'}; a vote registers partners`,
    );
  }
}

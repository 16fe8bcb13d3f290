import { Inject, Injectable } from '@nestjs/common';
import type { Deployment } from '@tallyhouse/chain';
import { ProcessClock } from '@tallyhouse/database';
import { PasskeyRepository, RoleReader, SessionRepository, type PasskeyRow } from '@tallyhouse/identity';
import { SessionGate } from '../access/session-gate.js';
import { UnauthenticatedError } from '../shared/errors/api.errors.js';
import { DEPLOYMENT } from '../shared/http/deployment.provider.js';
import type { RequestContext } from '../shared/request/request-context.js';
import type { ChainRolesModel, SessionModel, ViewerModel } from './viewer.model.js';

/** Answers what who is signed in asks about themselves. */
@Injectable()
export class Viewers {
  public constructor(
    private readonly gate: SessionGate,
    private readonly kept: SessionRepository,
    private readonly keys: PasskeyRepository,
    private readonly chain: RoleReader,
    @Inject(DEPLOYMENT) private readonly deployment: Deployment,
    private readonly clock: ProcessClock,
  ) {}

  public async of(context: RequestContext): Promise<ViewerModel | null> {
    const session = await this.gate.find((name) => context.header(name), this.clock.now());
    return session ? { address: session.address, sessionId: session.id } : null;
  }

  public async roles({ address }: ViewerModel): Promise<ChainRolesModel> {
    const { partner, submitterFor, asOf } = await this.chain.of(address, this.deployment.chainId);
    return { partner, submitterFor: [...submitterFor], asOf };
  }

  public async sessions({ address, sessionId }: ViewerModel): Promise<SessionModel[]> {
    const sessions = await this.kept.list(address, this.clock.now());
    return sessions.map((session) => ({ ...session, isCurrent: session.id === sessionId }));
  }

  public async end(context: RequestContext, id: string): Promise<boolean> {
    const { address } = await this.required(context);
    return this.kept.end(address, id, this.clock.now());
  }

  public async passkeys({ address }: ViewerModel): Promise<PasskeyRow[]> {
    return this.keys.list(address);
  }

  public async renamePasskey(context: RequestContext, id: string, name: string): Promise<boolean> {
    const { address } = await this.required(context);
    return this.keys.rename(address, id, name);
  }

  public async removePasskey(context: RequestContext, id: string): Promise<boolean> {
    const { address, sessionId } = await this.required(context);
    return this.keys.remove(address, id, sessionId, this.clock.now());
  }

  private async required(context: RequestContext): Promise<ViewerModel> {
    const viewer = await this.of(context);
    if (viewer) return viewer;
    throw new UnauthenticatedError('nobody is signed in; POST /auth/sign-in');
  }
}

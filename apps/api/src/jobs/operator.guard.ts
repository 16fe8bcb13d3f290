import { Inject, Injectable, type CanActivate, type ExecutionContext } from '@nestjs/common';
import { GqlExecutionContext } from '@nestjs/graphql';
import { CONFIG, type Config } from '@tallyhouse/config';
import { ProcessClock } from '@tallyhouse/database';
import { IdentityError } from '@tallyhouse/identity';
import { SessionGate } from '../access/session-gate.js';
import type { RequestContext } from '../shared/request/request-context.js';

/** Lets in who is signed in with an account of OPERATOR_ACCOUNTS. */
@Injectable()
export class OperatorGuard implements CanActivate {
  public constructor(
    private readonly gate: SessionGate,
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: ProcessClock,
  ) {}

  public async canActivate(execution: ExecutionContext): Promise<boolean> {
    const context = GqlExecutionContext.create(execution).getContext<RequestContext>();
    const address = await this.addressOf(context);
    if (address !== undefined && this.config.operatorAccounts.includes(address)) return true;
    throw new IdentityError(
      'ROLE_MISSING',
      `${address ?? 'who is not signed in'} is no operator; sign in with an account of OPERATOR_ACCOUNTS`,
    );
  }

  /** Whether who asks would be let in. */
  public async admits(context: RequestContext): Promise<boolean> {
    const address = await this.addressOf(context).catch(ended);
    return address !== undefined && this.config.operatorAccounts.includes(address);
  }

  private async addressOf(context: RequestContext): Promise<string | undefined> {
    return (await this.gate.find((name) => context.header(name), this.clock.now()))?.address;
  }
}

/** Whose session has ended is nobody; any other fault is one. */
function ended(error: unknown): undefined {
  if (error instanceof IdentityError) return undefined;
  throw error;
}

import { Controller, Header, HttpCode, Inject, Post, Req, Res, UseFilters } from '@nestjs/common';
import type { Deployment } from '@tallyhouse/chain';
import { CONFIG, type Config } from '@tallyhouse/config';
import { ProcessClock } from '@tallyhouse/database';
import {
  IdentityError,
  NonceRepository,
  SessionRepository,
  SignInService,
  type SignatureChain,
} from '@tallyhouse/identity';
import type { Request, Response } from 'express';
import { DEPLOYMENT } from '../shared/http/deployment.provider.js';
import { AuthFilter } from './auth.filter.js';
import { AuthRequests, textOf, type Delivery } from './auth-requests.js';
import { SIGNATURE_CHAIN } from './signature-chain.provider.js';

/** Sign-In with Ethereum (EIP-4361). */
@Controller('auth')
@UseFilters(AuthFilter)
export class AuthController {
  public constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(DEPLOYMENT) private readonly deployment: Deployment,
    @Inject(SIGNATURE_CHAIN) private readonly chain: SignatureChain,
    private readonly requests: AuthRequests,
    private readonly nonces: NonceRepository,
    private readonly signing: SignInService,
    private readonly sessions: SessionRepository,
    private readonly clock: ProcessClock,
  ) {}

  /** A number that one message may carry, the chain that it must name, and the time here. */
  @Post('nonce')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  public async nonce(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    await this.requests.body(request, response);
    const issuedAt = this.clock.now();
    return { ...(await this.nonces.issue(issuedAt)), issuedAt, chainId: this.deployment.chainId };
  }

  @Post('sign-in')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  public async signIn(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const body = await this.requests.body(request, response);
    const delivery = deliveryOf(body);
    const signed = {
      message: textOf(body, 'message'),
      signature: textOf(body, 'signature'),
      device: request.get('user-agent') ?? '',
    };
    const place = { origins: this.config.publicOrigins, chainId: this.deployment.chainId };
    const { tokens, origin } = await this.signing.signIn(signed, place, this.chain, this.clock.now());
    return this.requests.deliver(response, tokens, delivery, origin);
  }

  /** Changes both tokens: the refresh token of the body, or else of the cookie, is good once. */
  @Post('refresh')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  public async refresh(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const body = await this.requests.body(request, response);
    const isProgram = body['refreshToken'] !== undefined;
    const token = isProgram ? textOf(body, 'refreshToken') : this.requests.refreshCookie(request);
    const tokens = await this.sessions.refresh(token ?? '', this.clock.now());
    const origin = this.requests.originOf(request);
    return this.requests.deliver(response, tokens, isProgram ? 'body' : 'cookie', origin);
  }

  /** Ends the session of the request; right as well when it had ended. */
  @Post('sign-out')
  @HttpCode(204)
  public async signOut(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<void> {
    await this.requests.body(request, response);
    this.requests.forget(response);
    const session = await this.requests.session(request).catch((error: unknown) => {
      if (error instanceof IdentityError) return undefined;
      throw error;
    });
    if (session) await this.sessions.end(session.address, session.id, this.clock.now());
  }
}

function deliveryOf({ deliver = 'cookie' }: Readonly<Record<string, unknown>>): Delivery {
  if (deliver === 'cookie' || deliver === 'body') return deliver;
  throw new IdentityError('MESSAGE_INVALID', 'deliver: takes cookie or body');
}

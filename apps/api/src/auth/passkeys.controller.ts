import { Controller, Header, HttpCode, Post, Req, Res, UseFilters } from '@nestjs/common';
import { ProcessClock } from '@tallyhouse/database';
import { PasskeyService } from '@tallyhouse/identity';
import type { Request, Response } from 'express';
import { AuthFilter } from './auth.filter.js';
import { AuthRequests, textOf } from './auth-requests.js';

/** Passkeys (WebAuthn): added by who is signed in, then another way to the same account. */
@Controller('auth/passkeys')
@UseFilters(AuthFilter)
export class PasskeysController {
  public constructor(
    private readonly requests: AuthRequests,
    private readonly passkeys: PasskeyService,
    private readonly clock: ProcessClock,
  ) {}

  /** What the browser needs to make a passkey for who is signed in. */
  @Post('add-options')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  public async addOptions(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    await this.requests.body(request, response);
    const { address } = await this.requests.session(request);
    return this.passkeys.addOptions(address, this.requests.originOf(request), this.clock.now());
  }

  /** Keeps what the browser made, under a name. */
  @Post('add')
  @HttpCode(201)
  @Header('Cache-Control', 'no-store')
  public async add(@Req() request: Request, @Res({ passthrough: true }) response: Response): Promise<object> {
    const body = await this.requests.body(request, response);
    const { address } = await this.requests.session(request);
    const made = { name: textOf(body, 'name'), credential: body['credential'] };
    return this.passkeys.add(address, made, this.clock.now());
  }

  /** What the browser needs to sign in with a passkey. */
  @Post('sign-in-options')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  public async signInOptions(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    await this.requests.body(request, response);
    return this.passkeys.signInOptions(this.requests.originOf(request), this.clock.now());
  }

  @Post('sign-in')
  @HttpCode(200)
  @Header('Cache-Control', 'no-store')
  public async signIn(
    @Req() request: Request,
    @Res({ passthrough: true }) response: Response,
  ): Promise<object> {
    const { credential } = await this.requests.body(request, response);
    const device = request.get('user-agent') ?? '';
    const { tokens, origin } = await this.passkeys.signIn({ credential, device }, this.clock.now());
    return this.requests.deliver(response, tokens, 'cookie', origin);
  }
}

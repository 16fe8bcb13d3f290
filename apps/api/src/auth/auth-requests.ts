import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@tallyhouse/config';
import { ProcessClock } from '@tallyhouse/database';
import { IdentityError, type SessionRow, type SessionTokens } from '@tallyhouse/identity';
import { json, type Request, type Response } from 'express';
import { setCookie } from '../access/cookies.js';
import { isOwnRequest } from '../access/own-request.js';
import { SessionGate } from '../access/session-gate.js';

const BODY_BYTES = 16 * 1024;

/** How tokens reach a client: cookies that no script can read, or the body, for programs. */
export type Delivery = 'cookie' | 'body';

/** Reads requests to sign in and writes what they are answered with. */
@Injectable()
export class AuthRequests {
  public constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly gate: SessionGate,
    private readonly clock: ProcessClock,
  ) {}

  /** A JSON object. A page of somebody else is refused: a form cannot send JSON, and its origin is not ours. */
  public async body(request: Request, response: Response): Promise<Readonly<Record<string, unknown>>> {
    if (!isOwnRequest((name) => request.get(name), this.config.publicOrigins)) {
      throw new IdentityError(
        'ORIGIN_REFUSED',
        `only pages of ${this.config.publicOrigins.join(', ')} may ask`,
      );
    }
    if (request.is('application/json') === false) {
      throw new IdentityError('MESSAGE_INVALID', 'content-type: send application/json');
    }
    await new Promise<void>((resolve, reject) => {
      json({ limit: BODY_BYTES })(request, response, (error?: unknown) =>
        error === undefined ? resolve() : reject(error instanceof Error ? error : new Error('unreadable')),
      );
    });
    const body: unknown = request.body ?? {};
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
      return body as Record<string, unknown>;
    }
    throw new IdentityError('MESSAGE_INVALID', 'the body is no JSON object');
  }

  /** @throws IdentityError `SESSION_ENDED` */
  public async session(request: Request): Promise<SessionRow> {
    const session = await this.gate.find((name) => request.get(name), this.clock.now());
    if (session) return session;
    throw new IdentityError('SESSION_ENDED', 'nobody is signed in; POST /auth/sign-in');
  }

  /** The refresh token of a cookie. */
  public refreshCookie(request: Request): string | undefined {
    return this.gate.cookie((name) => request.get(name), 'refresh');
  }

  /** Hands tokens over, and answers with what a page may know of them. */
  public deliver(response: Response, tokens: SessionTokens, delivery: Delivery, origin: string): object {
    const { session, accessToken, accessExpiresAt, refreshToken } = tokens;
    const shown = { session, accessExpiresAt };
    if (delivery === 'body') return { ...shown, accessToken, refreshToken };
    const secondsUntil = (end: Date): number => (end.getTime() - session.refreshedAt.getTime()) / 1_000;
    response.append('Set-Cookie', setCookie('access', accessToken, origin, secondsUntil(accessExpiresAt)));
    response.append(
      'Set-Cookie',
      setCookie('refresh', refreshToken, origin, secondsUntil(session.expiresAt)),
    );
    return shown;
  }

  /** Takes the cookies back. */
  public forget(response: Response): void {
    for (const scheme of new Set(this.config.publicOrigins.map((origin) => new URL(origin).protocol))) {
      response.append('Set-Cookie', setCookie('access', '', scheme, 0));
      response.append('Set-Cookie', setCookie('refresh', '', scheme, 0));
    }
  }

  /** The origin that a browser came by; where it does not say so, the first that is served. */
  public originOf(request: Request): string {
    const [first = ''] = this.config.publicOrigins;
    return request.get('origin') ?? first;
  }
}

/** A text of a body. @throws IdentityError `MESSAGE_INVALID` */
export function textOf(body: Readonly<Record<string, unknown>>, field: string): string {
  const value = body[field];
  if (typeof value === 'string') return value;
  throw new IdentityError('MESSAGE_INVALID', `${field}: expected a text`);
}

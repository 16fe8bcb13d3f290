import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@tallyhouse/config';
import { IdentityError, SessionRepository, type SessionRow } from '@tallyhouse/identity';
import { cookieOf, type CookieKind } from './cookies.js';
import { isOwnRequest } from './own-request.js';

/** A header of a request by its lower-case name, where it was sent once. */
export type Credentials = (header: string) => string | undefined;

const BEARER = /^Bearer ([\w-]{1,200})$/i;

/** Finds the session behind a request: an access token sent as bearer by a program, or as a cookie by a browser. */
@Injectable()
export class SessionGate {
  public constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly sessions: SessionRepository,
  ) {}

  /**
   * The session, or undefined when the request brings no token.
   *
   * @throws IdentityError `SESSION_ENDED` when it brings one that is not good any more
   */
  public async find(credentials: Credentials, now: Date): Promise<SessionRow | undefined> {
    const token = this.token(credentials);
    if (token === undefined) return undefined;
    const session = await this.sessions.find(token, now);
    if (session) return session;
    throw new IdentityError(
      'SESSION_ENDED',
      'the access token has ended; POST /auth/refresh, or sign in again',
    );
  }

  /** A token of a cookie; one that a page of somebody else had sent counts for nothing. */
  public cookie(credentials: Credentials, kind: CookieKind): string | undefined {
    const { publicOrigins } = this.config;
    if (!isOwnRequest(credentials, publicOrigins)) return undefined;
    return cookieOf(credentials('cookie'), kind, publicOrigins);
  }

  private token(credentials: Credentials): string | undefined {
    const authorization = credentials('authorization');
    if (authorization === undefined) return this.cookie(credentials, 'access');
    return BEARER.exec(authorization)?.[1] ?? '';
  }
}

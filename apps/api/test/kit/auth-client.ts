import type { Hex } from 'viem';
import { createSiweMessage } from 'viem/siwe';

export const ORIGIN = 'https://tally.example';

/** What an address answered. */
export interface AuthAnswer {
  readonly status: number;
  readonly body: Record<string, unknown>;
  readonly cookies: readonly string[];
}

/** Signs a text as some account. */
export type Sign = (message: string) => Promise<Hex>;

/** Asks /auth as a browser or a program does. */
export class AuthClient {
  public constructor(private readonly url: string) {}

  public async send(
    method: string,
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<AuthAnswer> {
    const response = await fetch(`${this.url}/auth/${path}`, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
      cookies: response.headers.getSetCookie(),
    };
  }

  /** A message with a fresh nonce. */
  public async message(address: Hex, changed: object = {}): Promise<string> {
    const { body } = await this.send('POST', 'nonce', {});
    return createSiweMessage({
      domain: 'tally.example',
      address,
      uri: `${ORIGIN}/`,
      version: '1',
      chainId: Number(body['chainId']),
      nonce: String(body['nonce']),
      issuedAt: new Date(),
      ...changed,
    });
  }

  public async signIn(address: Hex, sign: Sign, deliver: 'cookie' | 'body' = 'body'): Promise<AuthAnswer> {
    const message = await this.message(address);
    return this.send('POST', 'sign-in', { message, signature: await sign(message), deliver });
  }
}

/** What a browser sends back of the cookies that it was given. */
export function cookieHeader({ cookies }: AuthAnswer): string {
  return cookies.map((cookie) => cookie.split(';', 1)[0]).join('; ');
}

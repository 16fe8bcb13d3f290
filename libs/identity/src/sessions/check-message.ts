import { IdentityError } from '../identity.errors.js';
import type { SiweMessage } from './siwe-message.js';

/** Age beyond which a message is asked for again; the nonce lives no longer. */
export const MESSAGE_LIFE_MS = 10 * 60_000;
/** By how much a wallet's clock may be ahead of ours. */
const CLOCK_SKEW_MS = 60_000;

/** What a message must be for. */
export interface SignInPlace {
  /** Origins under which people reach the api: `https://tally.example`. */
  readonly origins: readonly string[];
  readonly chainId: number;
}

/**
 * Says whether a message is for here and now; the nonce and the signature are judged elsewhere.
 *
 * @returns the origin it was signed for
 * @throws IdentityError `MESSAGE_REFUSED` with the field and what was expected of it
 */
export function checkMessage(message: SiweMessage, place: SignInPlace, now: Date): string {
  const origin = originOf(message, place);
  if (message.version !== '1') throw refused('Version', 'only 1 is known');
  if (message.chainId !== place.chainId) {
    throw refused('Chain ID', `expected ${place.chainId}; switch the wallet to that chain`);
  }
  checkTimes(message, now);
  return origin;
}

function originOf({ scheme, domain, uri }: SiweMessage, { origins }: SignInPlace): string {
  const origin = URL.canParse(uri) ? new URL(uri).origin : undefined;
  if (origin === undefined || !origins.includes(origin)) {
    throw refused('URI', `expected an address below ${origins.join(' or ')}`);
  }
  const { host, protocol } = new URL(origin);
  if (domain.toLowerCase() !== host) throw refused('domain', `expected ${host}, as in the URI`);
  if (scheme !== undefined && `${scheme.toLowerCase()}:` !== protocol) {
    throw refused('scheme', `expected ${protocol.slice(0, -1)}, as in the URI`);
  }
  return origin;
}

function checkTimes({ issuedAt, expirationTime, notBefore }: SiweMessage, now: Date): void {
  const ageMs = now.getTime() - issuedAt.getTime();
  if (ageMs > MESSAGE_LIFE_MS) throw refused('Issued At', 'the message is too old; sign a new one');
  if (ageMs < -CLOCK_SKEW_MS) throw refused('Issued At', 'is yet to come; set the clock right');
  if (expirationTime && expirationTime <= now) throw refused('Expiration Time', 'has passed; sign a new one');
  if (notBefore && notBefore.getTime() > now.getTime() + CLOCK_SKEW_MS) {
    throw refused('Not Before', 'is yet to come');
  }
}

function refused(field: string, what: string): IdentityError {
  return new IdentityError('MESSAGE_REFUSED', `message: ${field}: ${what}`);
}

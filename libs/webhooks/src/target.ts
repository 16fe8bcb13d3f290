import { lookup as systemLookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import { isPublicAddress } from './public-address.js';
import { WebhookError } from './webhook.errors.js';

/** An address in numbers. */
export interface ResolvedAddress {
  readonly address: string;
  readonly family: 4 | 6;
}

/** Gives every address of a name. */
export type Resolver = (host: string) => Promise<readonly ResolvedAddress[]>;

/** Where messages may go. */
export interface TargetPolicy {
  /** Origins (`http://127.0.0.1:9000`) for which plain http and private addresses are allowed; the operator's own. */
  readonly trustedOrigins: readonly string[];
  /** The system's, unless given. */
  readonly resolve?: Resolver;
}

/** A webhook whose name was resolved; a connection goes to these addresses and to no other. */
export interface Target {
  readonly url: URL;
  readonly addresses: readonly ResolvedAddress[];
}

const MAX_URL_LENGTH = 2_048;

/**
 * Reads the address of a webhook: https on the public internet, no name and password in it. A name is not resolved here.
 *
 * @throws WebhookError TARGET_REFUSED
 */
export function parseTarget(text: string, { trustedOrigins }: TargetPolicy): URL {
  if (text.length > MAX_URL_LENGTH) throw refused(`is longer than ${MAX_URL_LENGTH} characters`);
  if (!URL.canParse(text)) throw refused('is no URL');
  const url = new URL(text);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') throw refused('is not https');
  if (url.username || url.password) throw refused('holds a name or a password');
  if (trustedOrigins.includes(url.origin)) return url;
  if (url.protocol !== 'https:') throw refused('is not https');
  const host = hostOf(url);
  if (isIP(host) !== 0 && !isPublicAddress(host)) throw refused('is not on the public internet');
  return url;
}

/**
 * Resolves the name of a webhook. One address that is not public refuses all: who controls the name controls their order.
 *
 * @throws WebhookError TARGET_REFUSED, UNREACHABLE when the name has no address
 */
export async function resolveTarget(text: string, policy: TargetPolicy): Promise<Target> {
  const url = parseTarget(text, policy);
  const host = hostOf(url);
  const family = isIP(host);
  if (family !== 0) return { url, addresses: [{ address: host, family: family as 4 | 6 }] };
  const addresses = await (policy.resolve ?? bySystem)(host).catch(() => []);
  if (addresses.length === 0) throw new WebhookError('UNREACHABLE', `${host} has no address`);
  const isTrusted = policy.trustedOrigins.includes(url.origin);
  if (!isTrusted && !addresses.every(({ address }) => isPublicAddress(address))) {
    throw refused('is not on the public internet');
  }
  return { url, addresses };
}

/** Name or number of a URL, IPv6 without its brackets. */
function hostOf(url: URL): string {
  return url.hostname.replace(/^\[|\]$/g, '');
}

async function bySystem(host: string): Promise<readonly ResolvedAddress[]> {
  const found = await systemLookup(host, { all: true, verbatim: true });
  return found.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
}

function refused(why: string): WebhookError {
  return new WebhookError('TARGET_REFUSED', `the webhook's address ${why}`);
}

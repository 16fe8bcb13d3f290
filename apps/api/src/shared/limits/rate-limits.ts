import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, type Config } from '@tallyhouse/config';
import { TokenBuckets, type Claim, type Quota, type Standing } from './token-buckets.js';

const NETWORK_PARTS = 4;

/**
 * How often an address, a key and a session may ask. Claims go by what a request shows, before anybody has looked at it:
 * who invents keys has a bucket for each, but all of them use that of the address.
 */
@Injectable()
export class RateLimits {
  private readonly buckets = new TokenBuckets();
  private readonly address: Quota;
  private readonly key: Quota;
  private readonly session: Quota;
  private readonly signIn: Quota;

  public constructor(@Inject(CONFIG) { rateLimits }: Config) {
    this.address = { name: 'address', perMinute: rateLimits.addressPerMinute };
    this.key = { name: 'key', perMinute: rateLimits.keyPerMinute };
    this.session = { name: 'session', perMinute: rateLimits.keyPerMinute };
    this.signIn = { name: 'sign-in', perMinute: rateLimits.signInPerMinute };
  }

  /** @returns the tightest limit, or undefined when none is set */
  public ofRequest(
    {
      headers,
      method,
      path,
      ip,
    }: Pick<IncomingMessage, 'headers' | 'method'> & { path: string; ip?: string },
    nowMs: number,
  ): Standing | undefined {
    const claims: Claim[] = [{ quota: this.address, holder: addressHolder(ip) }];
    const key = headers['x-api-key'];
    if (typeof key === 'string') claims.push({ quota: this.key, holder: digest(key) });
    const { authorization } = headers;
    if (authorization !== undefined) claims.push({ quota: this.session, holder: digest(authorization) });
    if (method === 'POST' && path.startsWith('/auth/')) {
      claims.push({ quota: this.signIn, holder: addressHolder(ip) });
    }
    return this.buckets.take(claims, nowMs);
  }

  /** For what comes by an open socket. */
  public ofAddress(ip: string | undefined, nowMs: number): Standing | undefined {
    return this.buckets.take([{ quota: this.address, holder: addressHolder(ip) }], nowMs);
  }
}

/**
 * Who is behind an address: an address of IPv4, a /64 of IPv6, of which one subscriber has all addresses.
 *
 * @example addressHolder('2001:db8:1:2::9') // '2001:db8:1:2'
 */
export function addressHolder(ip: string | undefined): string {
  if (ip === undefined) return '';
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped !== undefined) return mapped;
  if (!ip.includes(':')) return ip;
  const [before = '', after] = ip.split('::', 2);
  const head = before.split(':').filter((part) => part !== '');
  const tail = (after ?? '').split(':').filter((part) => part !== '');
  const zeros = after === undefined ? 0 : Math.max(8 - head.length - tail.length, 0);
  const parts = [...head, ...Array.from({ length: zeros }, () => '0'), ...tail].slice(0, NETWORK_PARTS);
  return parts.map((part) => part.replace(/^0+(?=.)/, '').toLowerCase()).join(':');
}

function digest(secret: string): string {
  return createHash('sha256').update(secret).digest('base64url');
}

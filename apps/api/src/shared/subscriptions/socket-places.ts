import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { addressHolder } from '../limits/rate-limits.js';

/** How many sockets may be open. */
interface Places {
  readonly ofAll: number;
  readonly ofOne: number;
}

/** Gives each open socket a place, and one client only so many of them. */
export class SocketPlaces {
  private readonly held = new Map<string, number>();
  private total = 0;

  public constructor(private readonly places: Places) {}

  /** Takes a place until the socket closes, or says by which status it is refused. */
  public take(client: string, socket: Duplex): 'TAKEN' | 429 | 503 {
    const holder = addressHolder(client);
    const count = this.held.get(holder) ?? 0;
    if (count >= this.places.ofOne) return 429;
    if (this.total >= this.places.ofAll) return 503;
    this.held.set(holder, count + 1);
    this.total += 1;
    socket.once('close', () => this.give(holder));
    return 'TAKEN';
  }

  private give(holder: string): void {
    const left = (this.held.get(holder) ?? 1) - 1;
    this.total -= 1;
    if (left > 0) this.held.set(holder, left);
    else this.held.delete(holder);
  }
}

/** Network address behind an upgrade, past as many proxies as are trusted, as Express has it for requests. */
export function clientOf(
  request: Pick<IncomingMessage, 'headers' | 'socket'>,
  trustedProxies: number,
): string {
  const forwarded = request.headers['x-forwarded-for'];
  const told = (Array.isArray(forwarded) ? forwarded.join(',') : (forwarded ?? '')).split(',');
  const addresses = [request.socket.remoteAddress ?? '', ...told.map((text) => text.trim()).reverse()];
  const known = addresses.filter((address, index) => index === 0 || address !== '');
  return known[Math.min(trustedProxies, known.length - 1)] ?? '';
}

import { PassThrough } from 'node:stream';
import { describe, expect, it } from '@jest/globals';
import { clientOf, SocketPlaces } from './socket-places.js';

describe('places for sockets', () => {
  const closed = (socket: PassThrough): Promise<void> =>
    new Promise((resolve) => {
      socket.once('close', resolve);
      socket.destroy();
    });

  it('are bounded for one client and for all together, and come back when a socket closes', async () => {
    const places = new SocketPlaces({ ofAll: 3, ofOne: 2 });
    const first = new PassThrough();
    const others = Array.from({ length: 4 }, () => new PassThrough());
    expect(places.take('203.0.113.1', first)).toBe('TAKEN');
    expect(places.take('203.0.113.1', others[0]!)).toBe('TAKEN');
    expect(places.take('203.0.113.1', others[1]!)).toBe(429);
    expect(places.take('203.0.113.2', others[2]!)).toBe('TAKEN');
    expect(places.take('203.0.113.3', others[3]!)).toBe(503);
    await closed(first);
    expect(places.take('203.0.113.1', new PassThrough())).toBe('TAKEN');
  });
});

describe('the client of an upgrade', () => {
  const behind = (proxies: number, forwarded?: string): string =>
    clientOf(
      { headers: { 'x-forwarded-for': forwarded }, socket: { remoteAddress: '10.0.0.1' } } as never,
      proxies,
    );

  it('is who is connected, whatever it says, when no proxy is trusted', () => {
    expect(behind(0, '198.51.100.7')).toBe('10.0.0.1');
  });

  it('is who the outermost trusted proxy saw', () => {
    expect(behind(1, 'invented, 198.51.100.7')).toBe('198.51.100.7');
    expect(behind(2, 'invented, 198.51.100.7, 10.0.0.2')).toBe('198.51.100.7');
    expect(behind(1)).toBe('10.0.0.1');
  });
});

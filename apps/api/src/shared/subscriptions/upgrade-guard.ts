import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Takes over a socket that asks to become a WebSocket. */
export type UpgradeHandler = (request: IncomingMessage, socket: Duplex, head: Buffer) => void;

/** Addresses whose upgrades somebody takes. */
export interface UpgradeRoute {
  /** Of a path without the query string. */
  readonly matches: (path: string) => boolean;
  readonly handle: UpgradeHandler;
}

/**
 * Hands upgrades on to the first route that takes their path and refuses all others. Node leaves an upgraded socket without an error listener: one
 * that nobody takes and the client resets would end the process, so every socket gets a listener first.
 */
export function guardUpgrades(server: Server, routes: readonly UpgradeRoute[]): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    socket.on('error', () => socket.destroy());
    const path = pathOf(request.url);
    const route = routes.find(({ matches }) => matches(path));
    if (route) {
      route.handle(request, socket, head);
      return;
    }
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', () =>
      socket.destroy(),
    );
  });
}

function pathOf(url: string | undefined): string {
  return (url ?? '').split('?', 1)[0] ?? '';
}

import type { IncomingMessage, ServerResponse } from 'node:http';

const HOST = /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:]+\](:\d{1,5})?$/;

/**
 * Headers of every response: own scripts only, no framing, connections to us and to those that are named.
 *
 * @param others addresses whose origins pages may connect to: the wallets' chain, and the relay of WalletConnect
 */
export function securityHeaders(others: readonly string[]) {
  const origins = others.map(originOf).join(' ');
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    response.setHeader('Content-Security-Policy', contentPolicy(origins, request.headers.host));
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('X-Frame-Options', 'DENY');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin-allow-popups');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    next();
  };
}

/** Also of a socket, whose origin `URL` gives as well. */
function originOf(address: string): string {
  const { protocol, host } = new URL(address);
  return `${protocol}//${host}`;
}

/** Some browsers do not count a WebSocket to the same host as 'self', so the host is named. */
function contentPolicy(origins: string, host: string | undefined): string {
  const sockets = host && HOST.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self'${sockets} ${origins}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

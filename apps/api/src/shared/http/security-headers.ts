import type { IncomingMessage, ServerResponse } from 'node:http';

const HOST = /^[A-Za-z0-9.-]+(:\d{1,5})?$|^\[[0-9A-Fa-f:]+\](:\d{1,5})?$/;

/** Headers of every response: own scripts only, no framing, connections to us and to the wallets' chain. */
export function securityHeaders(rpcUrl: string) {
  const rpcOrigin = new URL(rpcUrl).origin;
  return (request: IncomingMessage, response: ServerResponse, next: () => void): void => {
    response.setHeader('Content-Security-Policy', contentPolicy(rpcOrigin, request.headers.host));
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('X-Frame-Options', 'DENY');
    response.setHeader('Referrer-Policy', 'no-referrer');
    response.setHeader('Cross-Origin-Opener-Policy', 'same-origin-allow-popups');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    next();
  };
}

/** Some browsers do not count a WebSocket to the same host as 'self', so the host is named. */
function contentPolicy(rpcOrigin: string, host: string | undefined): string {
  const sockets = host && HOST.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'self'",
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    `connect-src 'self'${sockets} ${rpcOrigin}`,
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

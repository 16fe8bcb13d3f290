import { createHash, timingSafeEqual } from 'node:crypto';

/**
 * Whether somebody may read metrics: everybody who reaches the port where no token is set, else who brings it.
 *
 * @param authorization the request's header
 */
export function mayReadMetrics(token: string | undefined, authorization: string | undefined): boolean {
  if (token === undefined) return true;
  const [, given] = /^Bearer ([!-~]+)$/i.exec(authorization ?? '') ?? [];
  return given !== undefined && timingSafeEqual(digest(given), digest(token));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

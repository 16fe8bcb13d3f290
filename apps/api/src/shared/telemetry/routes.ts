import type { Request } from 'express';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']);
const TRACED = /^\/(graphql|network\.json)$|^\/(epcis|auth|artifacts|calendar)\//;

/** Whether requests of a path are traced: pages and probes are not. */
export function isTraced(path: string): boolean {
  return TRACED.test(path);
}

/** The method, if it is one; clients may send any word. */
export function methodOf({ method }: Pick<Request, 'method'>): string {
  return METHODS.has(method) ? method : 'OTHER';
}

/**
 * The route that answered, as we wrote it and not as the client did: `/epcis/v2/events/:eventID`. Known once it was
 * answered.
 *
 * @param path as the request began with it
 */
export function routeOf({ route }: Pick<Request, 'route'>, path: string): string {
  const written = (route as { path?: unknown } | undefined)?.path;
  if (typeof written === 'string') return written;
  if (path === '/graphql') return path;
  return path.startsWith('/assets/') ? '/assets/*' : 'other';
}
